package io.holdfast.gateway.pipeline;

import io.holdfast.core.Answer;
import io.holdfast.core.EventSink;
import io.holdfast.core.JournalRecord;
import io.holdfast.core.Limits;
import io.holdfast.core.StateMachine;
import io.holdfast.journal.Journal;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** The first step: lets the core decide a command straight into the journal's batch. The writer's thread only. */
final class Decider {
    private final StateMachine core;
    private final Journal journal;
    private final LogicalClock clock;
    private final EventSink events = new EventSink();

    private long sequence;

    Decider(final StateMachine core, final Journal journal, final LogicalClock clock) {
        this.core = core;
        this.journal = journal;
        this.clock = clock;
        this.sequence = core.sequence();
    }

    /** Leaves out the sequences up to the given one, if any are left. */
    void skipTo(final long floor) {
        sequence = Math.max(sequence, floor);
    }

    /**
     * Decides a command and adds the record to the batch.
     *
     * @return false when the batch has no room: nothing happened, commit first
     */
    boolean decide(final DirectBuffer command, final int length, final Answer answer) {
        final int eventsMax = Limits.eventsLengthMax(length);
        final int offset = journal.claim(Integer.BYTES + length + eventsMax);
        if (offset == Journal.NO_ROOM) {
            return false;
        }
        final MutableDirectBuffer batch = journal.buffer();
        final int eventsOffset = offset + JournalRecord.putCommand(batch, offset, command, length);
        final long timeMs = clock.nowMs();
        core.decide(++sequence, timeMs, command, 0, length, events.wrap(batch, eventsOffset, eventsMax), answer);
        journal.endRecord(sequence, timeMs, eventsOffset + events.length() - offset);
        return true;
    }

    void query(final DirectBuffer query, final Answer answer) {
        core.query(clock.nowMs(), query, 0, answer);
    }

    /** Sequence of the last command that was decided. */
    long sequence() {
        return sequence;
    }

    boolean isAnythingDue() {
        return core.nextDueAtMs() <= clock.nowMs();
    }

    /** Milliseconds until something is due; 0 when it is, {@link Long#MAX_VALUE} for never. */
    long untilDueMs() {
        final long dueAtMs = core.nextDueAtMs();
        return dueAtMs == Long.MAX_VALUE ? dueAtMs : Math.max(0, dueAtMs - clock.nowMs());
    }
}
