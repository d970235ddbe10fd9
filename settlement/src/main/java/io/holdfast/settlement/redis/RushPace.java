package io.holdfast.settlement.redis;

import io.holdfast.settlement.follow.LogRate;

/**
 * Holds the mirror back while the sale needs the processors. When the log grows by more records a second than the mirror
 * keeps up with, it writes the less the faster the log grows, down to a twentieth; the rest waits in the log, and follows at
 * full speed when the rush is over.
 */
final class RushPace {
    /** What may gather unused: a fifth of a second's. */
    private static final int BURSTS_PER_SECOND = 5;

    /** And no more than so many records, some millisecond of Redis's time: who shares its processor waits for the end. */
    private static final int BURST_MAX = 100;

    private static final int LEAST_SHARE = 20;

    private final LogRate rate = new LogRate();
    private final int writesPerSecond;

    private boolean isRush;
    private boolean isQuiet;
    private long refilledNs;
    private double allowance;

    /** @param writesPerSecond up to so many records a second it writes all that there is to write */
    RushPace(final int writesPerSecond) {
        this.writesPerSecond = writesPerSecond;
    }

    /**
     * How many records may be read now.
     *
     * @param endSequence of the log
     */
    int records(final long nowNs, final long endSequence) {
        final double growth = rate.perSecond(nowNs, endSequence);
        isRush = growth > writesPerSecond;
        isQuiet = growth == 0;
        if (!isRush) {
            refilledNs = nowNs;
            allowance = 0;
            return Integer.MAX_VALUE;
        }
        final double share = Math.max((double) writesPerSecond / LEAST_SHARE, 2.0 * writesPerSecond - growth);
        final double gained = (nowNs - refilledNs) / 1e9 * share;
        final double burst = Math.max(1, Math.min(share / BURSTS_PER_SECOND, BURST_MAX));
        allowance = Math.min(allowance + gained, burst);
        refilledNs = nowNs;
        // A batch costs something of its own: few of them, and not tiny.
        return allowance < burst / 4 ? 0 : (int) allowance;
    }

    /** Counts keys that were written; of what exceeds an allowance by far, no more than a burst is held against the next. */
    void wrote(final int keys) {
        if (isRush) {
            allowance = Math.max(-BURST_MAX, allowance - keys);
        }
    }

    /** Nothing was recorded lately. */
    boolean isQuiet() {
        return isQuiet;
    }

    boolean isRush() {
        return isRush;
    }
}
