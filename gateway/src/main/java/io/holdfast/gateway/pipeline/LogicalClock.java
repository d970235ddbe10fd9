package io.holdfast.gateway.pipeline;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Logical time: begins at the later of the journal's last time and the wall clock, then follows the monotonic clock. It
 * never steps back, whatever is done to the wall clock, and a wall clock put forward expires nothing.
 */
final class LogicalClock {
    private final LongSupplier wallClockMs;
    private final LongSupplier nanoTime;
    private final long startMs;
    private final long startNs;

    /**
     * Starts the clock.
     *
     * @param lastJournaledMs epoch milliseconds of the last record, 0 without one
     */
    LogicalClock(final long lastJournaledMs, final LongSupplier wallClockMs, final LongSupplier nanoTime) {
        this.wallClockMs = wallClockMs;
        this.nanoTime = nanoTime;
        this.startMs = Math.max(lastJournaledMs, wallClockMs.getAsLong());
        this.startNs = nanoTime.getAsLong();
    }

    /** Epoch milliseconds of logical time. */
    long nowMs() {
        return startMs + TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - startNs);
    }

    long wallClockMs() {
        return wallClockMs.getAsLong();
    }

    /** How far logical time is ahead of the wall clock, in milliseconds; negative when behind. */
    long driftMs() {
        return nowMs() - wallClockMs();
    }
}
