package io.holdfast.gateway;

import io.holdfast.settlement.follow.Follower;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What a follower of the log is behind, seen from outside.
 *
 * <p>Remembers one committed sequence and when it was seen; until the follower has passed it, that is how old its backlog
 * is. A follower that stands still is told exactly; one that flows behind, by a saw-tooth up to its true lag.
 */
final class LogBacklog implements Followers.Backlog {
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier followerSequence;
    private final LongSupplier endSequence;
    private final LongSupplier nowNs;

    /** The follower had not passed {@code markSequence} at {@code markNs}, or it was the end then. */
    private long markSequence;

    private long markNs;

    LogBacklog(final Follower follower, final LongSupplier endSequence) {
        this(() -> follower.status().sequence(), endSequence, System::nanoTime);
    }

    /**
     * The same from three sources.
     *
     * @param endSequence of the last record that is committed
     * @param nowNs a monotonic clock
     */
    LogBacklog(final LongSupplier followerSequence, final LongSupplier endSequence, final LongSupplier nowNs) {
        this.followerSequence = followerSequence;
        this.endSequence = endSequence;
        this.nowNs = nowNs;
        this.markNs = nowNs.getAsLong();
    }

    @Override
    public long records() {
        return Math.max(0, endSequence.getAsLong() - followerSequence.getAsLong());
    }

    @Override
    public synchronized double seconds() {
        final long now = nowNs.getAsLong();
        final long followed = followerSequence.getAsLong();
        final long end = endSequence.getAsLong();
        if (followed >= markSequence) {
            markSequence = end;
            markNs = now;
        }
        return followed >= end ? 0 : (now - markNs) / NANOS_PER_SECOND;
    }
}
