package io.holdfast.settlement.redis;

import java.util.concurrent.TimeUnit;

/**
 * Holds the mirror back while the sale needs the processors: as long as the log grows by more records a second than the
 * mirror may write keys, it writes no more than that, and the rest waits in the log. Otherwise it goes at full speed.
 */
final class RushPace {
    private static final long WINDOW_NS = TimeUnit.MILLISECONDS.toNanos(200);

    /** What may gather unused: a twentieth of a second's. */
    private static final int BURSTS_PER_SECOND = 20;

    private final int writesPerSecond;

    private boolean isRush;
    private long windowBeganNs;
    private long windowBeganSequence;
    private long refilledNs;
    private double allowance;

    RushPace(final int writesPerSecond) {
        this.writesPerSecond = writesPerSecond;
    }

    /**
     * How many records may be read now.
     *
     * @param endSequence of the log
     */
    int records(final long nowNs, final long endSequence) {
        if (nowNs - windowBeganNs >= WINDOW_NS) {
            final double seconds = (nowNs - windowBeganNs) / 1e9;
            isRush = windowBeganNs != 0 && (endSequence - windowBeganSequence) / seconds > writesPerSecond;
            windowBeganNs = nowNs;
            windowBeganSequence = endSequence;
        }
        if (!isRush) {
            refilledNs = nowNs;
            allowance = 0;
            return Integer.MAX_VALUE;
        }
        final double gained = (nowNs - refilledNs) / 1e9 * writesPerSecond;
        allowance = Math.min(allowance + gained, (double) writesPerSecond / BURSTS_PER_SECOND);
        refilledNs = nowNs;
        return (int) Math.max(0, allowance);
    }

    /** Counts keys that were written. */
    void wrote(final int keys) {
        if (isRush) {
            allowance -= keys;
        }
    }

    boolean isRush() {
        return isRush;
    }
}
