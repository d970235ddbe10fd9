package io.holdfast.settlement.state;

import io.holdfast.core.JournalRecord;
import io.holdfast.core.StateMachine;
import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.log.HistoryTrimmedException;
import io.holdfast.settlement.log.LogHandler;
import io.holdfast.settlement.log.LogReader;

/** A state, and a reader of the records that come after it. */
final class StateCopy implements LogHandler, AutoCloseable {
    private final StateMachine machine;

    /** Sequence of the snapshot that it began from; 0 without one. */
    private final long beganAtSequence;

    private LogReader reader;

    StateCopy(final StateMachine machine, final LogReader reader) {
        this.machine = machine;
        this.beganAtSequence = machine.sequence();
        this.reader = reader;
    }

    /** Applies some of the records that follow; returns how many, 0 at the end for now. */
    int advance(final int recordsMax) {
        return reader.poll(this, recordsMax);
    }

    @Override
    public void onRecord(final long position, final long sequence, final long timeMs, final JournalRecord record) {
        while (record.nextEvent()) {
            machine.apply(sequence, timeMs, record.buffer(), record.eventOffset(), record.eventLength());
        }
        machine.applied(sequence, timeMs);
    }

    /** Reads on with another reader, after this one failed. */
    void reopen(final CommittedLog log) throws HistoryTrimmedException {
        final LogReader next = log.follow(reader.position());
        reader.close();
        reader = next;
    }

    StateMachine machine() {
        return machine;
    }

    long beganAtSequence() {
        return beganAtSequence;
    }

    /** Where reading goes on: behind the last record applied. */
    long position() {
        return reader.position();
    }

    @Override
    public void close() {
        reader.close();
    }
}
