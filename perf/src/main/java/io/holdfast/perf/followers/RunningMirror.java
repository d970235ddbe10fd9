package io.holdfast.perf.followers;

import io.holdfast.perf.ring.GrantedHistory;
import io.holdfast.settlement.follow.FollowerStatus;
import io.holdfast.settlement.follow.FollowerThread;
import io.holdfast.settlement.redis.MirrorConfig;
import io.holdfast.settlement.redis.MirrorFigures;
import io.holdfast.settlement.redis.MirrorFollower;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** A mirror on its own thread, as a server runs it; of one Redis there may be one at a time. For one thread. */
final class RunningMirror implements AutoCloseable {
    /** What a server rests when there was nothing to do. */
    private static final long REST_MS = 10;

    private static final long CATCH_UP_MAX_NS = TimeUnit.MINUTES.toNanos(10);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long STOP_MAX_MS = 5_000;

    private final GrantedHistory history;
    private final MirrorFollower mirror;
    private final FollowerThread thread;
    private final AtomicReference<Throwable> error = new AtomicReference<>();

    /** Starts it. */
    RunningMirror(final GrantedHistory history, final String redisUrl) {
        this.history = history;
        this.mirror = new MirrorFollower(history.log(), new MirrorConfig(redisUrl), history::nowMs);
        this.thread = new FollowerThread(mirror, REST_MS, error::set);
        thread.start();
    }

    MirrorFigures figures() {
        return mirror.figures();
    }

    /**
     * Waits until Redis has all that is committed.
     *
     * @throws IOException when the mirror fails, or takes too long
     */
    void awaitCaughtUp() throws IOException {
        final long deadlineNs = System.nanoTime() + CATCH_UP_MAX_NS;
        while (!isCaughtUp()) {
            if (error.get() != null) {
                throw new IOException("the mirror failed: " + error.get(), error.get());
            }
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IOException("the mirror has not caught up within "
                        + TimeUnit.NANOSECONDS.toMinutes(CATCH_UP_MAX_NS) + " minutes: " + mirror.status());
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    private boolean isCaughtUp() {
        final FollowerStatus status = mirror.status();
        return status.condition() == FollowerStatus.Condition.FOLLOWING
                && status.sequence() == history.log().endSequence();
    }

    /** Ends it; Redis keeps what it has. */
    @Override
    public void close() {
        thread.stop(STOP_MAX_MS);
        try {
            if (!thread.awaitEnd(STOP_MAX_MS)) {
                throw new IllegalStateException("the mirror did not end within " + STOP_MAX_MS + " ms");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
