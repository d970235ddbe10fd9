package io.holdfast.settlement.redis;

import java.util.concurrent.TimeUnit;

/**
 * When a mirror that is far behind should look for a newer snapshot to begin anew from. Never in a rush: all of Redis is
 * compared behind a beginning, which takes half a processor for many seconds, and being behind costs the sale nothing.
 */
final class Shortcut {
    /** So many records behind, a snapshot may be the shorter way. */
    static final long FAR_BEHIND = 500_000;

    private static final long LOOK_EVERY_NS = TimeUnit.SECONDS.toNanos(10);

    private long lookedNs;

    /** @param nowNs by {@link System#nanoTime}; the first look comes ten seconds later */
    Shortcut(final long nowNs) {
        this.lookedNs = nowNs;
    }

    /**
     * Whether to look now; once in ten seconds at most.
     *
     * @param behind records that the mirror lacks
     */
    boolean isToBeLookedFor(final long nowNs, final long behind, final boolean isRush) {
        if (isRush || behind < FAR_BEHIND || nowNs - lookedNs < LOOK_EVERY_NS) {
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
