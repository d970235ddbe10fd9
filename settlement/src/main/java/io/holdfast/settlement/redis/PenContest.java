package io.holdfast.settlement.redis;

import java.util.concurrent.TimeUnit;

/**
 * Keeps two servers on one Redis from taking the pen from each other all the time: each time costs a comparison of all keys,
 * a reading of the whole log, and a write a hold. Who loses it takes it back at once, for a restore from a backup, or the
 * last breath of a server that is being replaced, looks the same; who loses it again rests, twice as long each time, up to a
 * minute. Held for longer than two such rests, it is uncontested again.
 */
final class PenContest {
    private static final long REST_MIN_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long REST_MAX_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long QUIET_NS = 2 * REST_MAX_NS;

    private boolean isContested;
    private long lostNs;
    private long restNs;

    /** Notes that another server has taken the pen. */
    void lost(final long nowNs) {
        final boolean isAgain = isContested && nowNs - lostNs - restNs < QUIET_NS;
        restNs = isAgain ? Math.min(REST_MAX_NS, Math.max(REST_MIN_NS, restNs * 2)) : 0;
        lostNs = nowNs;
        isContested = true;
    }

    /** Whether the pen is to be left to the other for now. */
    boolean isResting(final long nowNs) {
        return isContested && nowNs - lostNs < restNs;
    }
}
