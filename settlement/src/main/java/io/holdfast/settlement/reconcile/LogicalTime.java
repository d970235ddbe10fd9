package io.holdfast.settlement.reconcile;

/**
 * How a time to live in Redis compares with logical time, which only the server knows: the last record's time is a lower
 * bound of it, and the wall clock is close to it unless somebody turned that back or on. One thread.
 */
final class LogicalTime {
    /** A mirror is told to keep to a second or two. */
    private static final long TOLERANCE_MS = 2_500;

    private long lastRecordMs;
    private long wallMs;

    /** Takes the time now. @param recordMs logical time of the last record, in epoch milliseconds */
    void update(final long recordMs, final long nowMs) {
        lastRecordMs = recordMs;
        wallMs = nowMs;
    }

    /** Whether what ends then is over, or about to be: nothing can be said of it. */
    boolean isEnding(final long endsAtMs) {
        return endsAtMs < Math.max(lastRecordMs, wallMs) + TOLERANCE_MS;
    }

    /** Whether a time to live leads to that end. Where the clock was turned back, only its upper bound is known. */
    boolean isRight(final long ttlMs, final long endsAtMs) {
        if (ttlMs <= 0) {
            return false;
        }
        final boolean isClockBehind = lastRecordMs > wallMs;
        final long latestMs = endsAtMs - Math.max(lastRecordMs, wallMs) + TOLERANCE_MS;
        return ttlMs <= latestMs && (isClockBehind || ttlMs >= endsAtMs - wallMs - TOLERANCE_MS);
    }

    /** When a time to live ends, for people: as the wall clock has it. */
    long endOf(final long ttlMs) {
        return wallMs + ttlMs;
    }
}
