package io.holdfast.perf.followers;

import io.holdfast.perf.ring.GrantedHistory;

/**
 * What is mirrored, and how.
 *
 * @param holds live ones in the end, at most {@link #HOLDS_MAX}; more than are placed at the rate
 * @param rate holds a second, placed while it is measured how soon each is visible, {@link #RATE_MIN} or more
 * @param seconds how long, and idle as long in the end
 */
public record MirrorPlan(int holds, int rate, int seconds) {
    /** As many as one drop has units. */
    public static final int HOLDS_MAX = GrantedHistory.HOLDS_MAX;

    /** A batch each 10 ms has a hold at least. */
    public static final int RATE_MIN = 100;
}
