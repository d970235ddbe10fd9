package io.holdfast.core;

import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Drives a core with commands in words, at a logical time that the test sets, and keeps what each one led to: the journal
 * record, the events in words, the answer.
 */
public final class CoreDriver {
    /** Takes the payload of each record, as a journal would. */
    @FunctionalInterface
    public interface RecordSink {
        void onRecord(long sequence, long timeMs, UnsafeBuffer record, int length);
    }

    private static final int RECORD_LENGTH_MAX = 1 << 20;

    private final StateMachine core;
    private final CommandEncoder encoder = new CommandEncoder();
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[RECORD_LENGTH_MAX]);
    private final EventSink sink = new EventSink();
    private final Answer answer = new Answer();
    private final JournalRecord reader = new JournalRecord();

    private RecordSink records = (sequence, timeMs, buffer, length) -> {};
    private long sequence;
    private long timeMs = Command.START_MS;
    private int recordLength;

    public CoreDriver(final long hashSeed) {
        this(new StateMachine(hashSeed));
    }

    /** Goes on with a core that has a history. */
    public CoreDriver(final StateMachine core) {
        this.core = core;
        this.sequence = core.sequence();
        this.timeMs = Math.max(timeMs, core.timeMs());
    }

    /** Hands every record on from here. */
    public CoreDriver journalTo(final RecordSink target) {
        records = target;
        return this;
    }

    /** Sets the logical time to so many seconds after the start. */
    public CoreDriver at(final double seconds) {
        timeMs = Command.START_MS + Math.round(seconds * 1_000);
        return this;
    }

    /** Lets logical time pass. */
    public CoreDriver advance(final long ms) {
        timeMs += ms;
        return this;
    }

    /** Decides a command and returns its events in words; a query has none. */
    public List<String> run(final String command) {
        return run(Command.of(command));
    }

    public List<String> run(final Command command) {
        if (command.kind.compareTo(Command.Kind.HOLD) >= 0) {
            ask(command);
            return List.of();
        }
        decide(command);
        final List<String> events = new ArrayList<>();
        for (reader.wrap(record, 0, recordLength); reader.nextEvent(); ) {
            events.add(MessageText.of(record, reader.eventOffset()));
        }
        return events;
    }

    /** Decides a command without a word; {@link #record()} has what came of it. */
    public void decide(final Command command) {
        decide(encoder.buffer(), encoder.encode(command));
    }

    /** Decides an encoded command. */
    public void decide(final ExpandableArrayBuffer command, final int length) {
        final int eventsAt = JournalRecord.putCommand(record, 0, command, length);
        sink.wrap(record, eventsAt, RECORD_LENGTH_MAX - eventsAt);
        core.decide(sequence + 1, timeMs, record, Integer.BYTES, length, sink, answer);
        sequence++;
        recordLength = eventsAt + sink.length();
        records.onRecord(sequence, timeMs, record, recordLength);
    }

    /** Asks a query and returns the answer in words. */
    public String ask(final Command query) {
        encoder.encode(query);
        core.query(timeMs, encoder.buffer(), 0, answer);
        return answerText();
    }

    public String ask(final String query) {
        return ask(Command.of(query));
    }

    /** The latest answer in words, with {@code again} before one that was given before. */
    public String answerText() {
        return (answer.repeated() ? "again " : "") + MessageText.of(answer.buffer(), 0);
    }

    /** Stock of the drop in words: {@code GA 3/2/0 VIP 2/0/0}. */
    public String stock(final String drop) {
        final String image = ask(Command.ofDrop(Command.Kind.DROP, drop));
        return image.substring(image.indexOf(' ', image.indexOf(' ') + 1) + 1);
    }

    /** Journals rules, small ones for instance. */
    public void activate(final Rules rules) {
        final ExpandableArrayBuffer buffer = encoder.buffer();
        decide(buffer, rules.encodeActivation(buffer));
    }

    public StateMachine core() {
        return core;
    }

    public Answer answer() {
        return answer;
    }

    public long sequence() {
        return sequence;
    }

    public long timeMs() {
        return timeMs;
    }

    /** Payload of the latest record, from offset 0. */
    public UnsafeBuffer record() {
        return record;
    }

    public int recordLength() {
        return recordLength;
    }
}
