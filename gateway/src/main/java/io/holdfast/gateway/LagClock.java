package io.holdfast.gateway;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * For how long a follower has been behind, seen from outside.
 *
 * <p>Remembers one committed sequence and when it was seen; until the follower has passed it, that is how old its lag is.
 * A follower that stands still is told exactly; one that flows behind, by a saw-tooth up to its true lag.
 */
final class LagClock {
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nowNs;

    /** The follower had not passed {@code markSequence} at {@code markNs}, or it was the end then. */
    private long markSequence;

    private long markNs;

    LagClock(final LongSupplier nowNs) {
        this.nowNs = nowNs;
        this.markNs = nowNs.getAsLong();
    }

    /** Seconds since what the follower has not passed was first seen; 0 when it is at the end. Any thread. */
    synchronized double seconds(final long followerSequence, final long endSequence) {
        final long now = nowNs.getAsLong();
        if (followerSequence >= markSequence) {
            markSequence = endSequence;
            markNs = now;
        }
        return followerSequence >= endSequence ? 0 : (now - markNs) / NANOS_PER_SECOND;
    }
}
