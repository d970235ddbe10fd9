package io.holdfast.perf.ring;

import io.holdfast.settlement.log.CommittedLog;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A history in which nobody is refused: holds that stay held, and orders. Has a clock of its own, by which a millisecond
 * goes by for each command. One thread writes; log and clock are for any.
 */
public final class GrantedHistory implements AutoCloseable {
    /** One drop takes no more, and neither do the rules live holds. */
    public static final int HOLDS_MAX = 9_000_000;

    private static final String DROP = "berlin";
    private static final int UNITS = 10_000_000;
    private static final int HOLD_SECONDS = 43_200;

    /** A short history has several segments too, so that its beginning can be trimmed. */
    private static final int SHORT_HOLDS = 100_000;

    private static final int SHORT_SEGMENT_LENGTH = 2 * 1_024 * 1_024;

    private final HistoryCommands commands = new HistoryCommands();
    private final HistoryWriter writer;
    private final long begunNs = System.nanoTime();
    private long number;

    /**
     * @param data an empty directory
     * @param holds about how many there will be: segments are shorter when they are few
     */
    public GrantedHistory(final Path data, final int holds) {
        writer = new HistoryWriter(
                data, holds < SHORT_HOLDS ? SHORT_SEGMENT_LENGTH : RingConfig.SEGMENT_LENGTH, commands);
        writer.decide(commands.createDrop(writer.command(), DROP, UNITS, HOLD_SECONDS));
        commit();
    }

    /** The id of a hold: the first one's number is 1. */
    public static UUID hold(final long number) {
        return HistoryCommands.hold(number);
    }

    /** Places the next hold. */
    public void place() {
        number++;
        final String key = "0e0f4c1a-77aa-4b5c-9d1e-" + (100_000_000_000L + number);
        if (!writer.decide(commands.placeHold(writer.command(), number, DROP, "buyer-" + number, key))) {
            throw new IllegalStateException("hold " + number + " was not granted");
        }
    }

    /** Places the next hold and pays it. */
    public void order() {
        place();
        writer.decide(commands.pay(writer.command(), number, "pi_3MtwBwLkdIwHu7ix28a" + number));
    }

    /** Makes durable what was decided. */
    public void commit() {
        writer.commit();
    }

    /** Commits, and writes a snapshot of all so far; durable on return. */
    public void snapshot() {
        writer.snapshot();
    }

    /**
     * Deletes what lies before the newest snapshot, as far as whole segments do.
     *
     * @return how many
     */
    public int trim() {
        return writer.trim();
    }

    /** How many holds were placed. */
    public long holds() {
        return number;
    }

    /**
     * A clock for followers, in epoch milliseconds: it begins with the history's, and goes as fast as everybody's, as that
     * of a store does. Any thread.
     */
    public long nowMs() {
        return HistoryWriter.FIRST_TIME_MS + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNs);
    }

    /** What followers follow, while this is open. */
    public CommittedLog log() {
        return writer.log();
    }

    @Override
    public void close() {
        writer.close();
    }
}
