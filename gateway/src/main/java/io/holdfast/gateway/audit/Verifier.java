package io.holdfast.gateway.audit;

import io.holdfast.core.Answer;
import io.holdfast.core.EventSink;
import io.holdfast.core.JournalRecord;
import io.holdfast.core.Limits;
import io.holdfast.core.StateMachine;
import java.util.Locale;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Decides every journaled command again and compares the events, byte for byte; keeps the {@link Books} beside it, which
 * know nothing of how decisions are made; and checks at the end that both say the same.
 */
public final class Verifier implements SnapshotTaker {
    private final Output output;
    private final MessageSchema schema = MessageSchema.load();
    private final ExpandableArrayBuffer decided = new ExpandableArrayBuffer();
    private final EventSink sink = new EventSink();
    private final Answer answer = new Answer();

    private StateMachine machine = new StateMachine(0);
    private Books books = new Books();
    private long records;
    private boolean isTailUnfinished;

    /** Prints the verdict to the output. */
    public Verifier(final Output output) {
        this.output = output;
    }

    /**
     * Verifies the history to its end: from the first record, or from a snapshot where that was trimmed. How many
     * records and what hash it prints then, is of what was verified.
     *
     * @throws FaultFoundException naming the sequence at which the journal and the decisions part
     * @throws io.holdfast.journal.JournalCorruptException naming file and offset of what cannot be read
     */
    public void run(final History history) {
        try (JournalScan scan = history.open(this, Moment.END)) {
            scan.run(this::verify);
            isTailUnfinished = scan.isTailUnfinished();
        }
        books.compare(machine);
        output.line(String.format(
                Locale.ROOT,
                "verified %d records, state hash %016x: sold + held never above capacity",
                records,
                machine.stateHash()));
        output.flush();
    }

    /** Whether bytes of an unfinished batch lay behind the end: it is being written, or a crash cut it short. */
    public boolean isTailUnfinished() {
        return isTailUnfinished;
    }

    @Override
    public void beginSnapshot() {
        machine = new StateMachine(0);
        books = new Books();
    }

    @Override
    public void takeEntry(final DirectBuffer buffer, final int offset, final int length) {
        machine.loadEntry(buffer, offset, length);
        books.load(buffer, offset);
    }

    @Override
    public void endSnapshot() {
        requireLoaded(machine);
        books.compare(machine);
    }

    static void requireLoaded(final StateMachine machine) {
        if (!machine.isLoaded()) {
            throw new FaultFoundException("it has no end");
        }
    }

    private boolean verify(final long position, final long sequence, final long timeMs, final JournalRecord record) {
        try {
            decide(sequence, timeMs, record);
            compare(record);
            for (record.rewind(); record.nextEvent(); ) {
                books.enter(timeMs, record.buffer(), record.eventOffset());
            }
        } catch (final FaultFoundException
                | IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException e) {
            throw new FaultFoundException("sequence " + sequence + " at position " + position + ": " + e.getMessage()
                    + "; next step: keep a copy of the data directory, and see journal print --from " + sequence
                    + " --to " + sequence);
        }
        records++;
        return true;
    }

    private void decide(final long sequence, final long timeMs, final JournalRecord record) {
        final int capacity = Limits.eventsLengthMax(record.commandLength());
        decided.checkLimit(capacity);
        sink.wrap(decided, 0, capacity);
        machine.decide(sequence, timeMs, record.buffer(), record.commandOffset(), record.commandLength(), sink, answer);
    }

    private void compare(final JournalRecord record) {
        final int length = Math.min(sink.length(), record.eventsLength());
        int same = 0;
        while (same < length && decided.getByte(same) == record.buffer().getByte(record.eventsOffset() + same)) {
            same++;
        }
        if (same < length || sink.length() != record.eventsLength()) {
            throw new FaultFoundException(
                    "the " + schema.name(schema.templateId(record.buffer(), record.commandOffset()))
                            + " was journaled with " + record.eventsLength() + " bytes of events, decided again it has "
                            + sink.length() + ", and they differ from byte " + same + " on");
        }
    }
}
