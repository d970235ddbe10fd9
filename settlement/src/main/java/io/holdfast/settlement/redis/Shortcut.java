package io.holdfast.settlement.redis;

import java.util.concurrent.TimeUnit;

/**
 * When a mirror that is far behind should look for a newer snapshot to begin anew from. In a rush only when it is very far
 * behind: all of Redis is compared behind a beginning, and for many seconds that takes a third of what the sale could do.
 */
final class Shortcut {
    /** So many records behind, a snapshot may be the shorter way. */
    static final long FAR_BEHIND = 500_000;

    /** Two minutes of 40,000 records a second: that old Redis is of no use to anybody. */
    static final long FAR_BEHIND_IN_RUSH = 5_000_000;

    private static final long LOOK_EVERY_NS = TimeUnit.SECONDS.toNanos(10);

    /** So long after a rush a pause in it may be over again. */
    private static final long CALM_NS = TimeUnit.SECONDS.toNanos(10);

    private long lookedNs;
    private long rushNs;

    /** @param nowNs by {@link System#nanoTime}; the first look comes ten seconds later at the earliest */
    Shortcut(final long nowNs) {
        this.lookedNs = nowNs;
        this.rushNs = nowNs - CALM_NS;
    }

    /**
     * Whether to look now; once in ten seconds at most.
     *
     * @param behind records that the mirror lacks
     */
    boolean isToBeLookedFor(final long nowNs, final long behind, final boolean isRush) {
        if (isRush) {
            rushNs = nowNs;
        }
        final boolean isCalm = nowNs - rushNs >= CALM_NS;
        if (nowNs - lookedNs < LOOK_EVERY_NS || behind < (isCalm ? FAR_BEHIND : FAR_BEHIND_IN_RUSH)) {
            return false;
        }
        lookedNs = nowNs;
        return true;
    }

    /** @param skipped records that need not be read then */
    static boolean isShorter(final long skipped) {
        return skipped > FAR_BEHIND / 2;
    }
}
