package io.holdfast.settlement.follow;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of one follower.
 *
 * <p>Steps it without a rest while there is more to do, looks again every few milliseconds when there is not, the less
 * often the longer nothing has come ({@link Rest}), and backs off, doubling from {@link #BACK_OFF_MIN_MS} to {@link #BACK_OFF_MAX_MS},
 * while it fails. A runtime exception is a failure like any other; an {@link Error} ends the thread and goes to the halt
 * handler.
 */
public final class FollowerThread {
    private static final Logger LOG = LoggerFactory.getLogger(FollowerThread.class);
    private static final long BACK_OFF_MIN_MS = 50;
    private static final long BACK_OFF_MAX_MS = 2_000;

    private final Follower follower;
    private final Rest rest;
    private final Consumer<Throwable> onError;
    private final Thread thread;
    private final CountDownLatch stopAsked = new CountDownLatch(1);
    private volatile long stopByNs;

    /** Failures in a row; the first is logged, and that it went on. */
    private int failures;

    /**
     * A thread that is not running yet.
     *
     * @param restMs how long to rest when there was nothing to do, in milliseconds: what a new record waits at most, and twice
     *     or five times that when none has come for a while or for long
     * @param onError told of an {@link Error}: must halt the process
     */
    public FollowerThread(final Follower follower, final long restMs, final Consumer<Throwable> onError) {
        this.follower = follower;
        this.rest = new Rest(restMs);
        this.onError = onError;
        this.thread = new Thread(this::run, "holdfast-" + follower.name());
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    public Follower follower() {
        return follower;
    }

    private void run() {
        try {
            long pauseMs = 0;
            while (!stopAsked.await(pauseMs, TimeUnit.MILLISECONDS)) {
                pauseMs = step();
            }
            while (System.nanoTime() - stopByNs < 0 && step() == 0) {
                // what is committed already is still followed, as long as it goes without a hitch
            }
        } catch (final InterruptedException e) {
            LOG.info("{} was ended before it had followed all", follower.name());
        } catch (final Error e) {
            onError.accept(e);
        } finally {
            follower.close();
        }
    }

    /** How long to pause before the next step, in milliseconds. */
    private long step() throws InterruptedException {
        try {
            final boolean isMore = follower.step();
            if (failures > 0) {
                LOG.info("{} goes on after {} failures", follower.name(), failures);
                failures = 0;
            }
            return rest.afterStepMs(isMore, follower.status().sequence());
        } catch (final FollowerException e) {
            return fail(e);
        } catch (final RuntimeException e) {
            if (failures == 0) {
                LOG.error("{} failed", follower.name(), e);
            }
            return fail(e);
        }
    }

    private long fail(final Exception e) {
        if (failures++ == 0) {
            LOG.warn("{} cannot go on for now: {}", follower.name(), e.getMessage());
        }
        return Math.min(BACK_OFF_MAX_MS, BACK_OFF_MIN_MS << Math.min(failures - 1, 10));
    }

    /** Asks it to follow what is committed, but no longer than so, and to end. */
    public void stop(final long timeoutMs) {
        stopByNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        follower.endBy(stopByNs);
        stopAsked.countDown();
    }

    /**
     * Waits for the end after {@link #stop}; interrupts what does not come to one by itself.
     *
     * @return whether it has ended
     */
    public boolean awaitEnd(final long timeoutMs) throws InterruptedException {
        thread.join(Math.max(1, timeoutMs));
        if (thread.isAlive()) {
            thread.interrupt();
            thread.join(Math.max(1, timeoutMs));
        }
        return !thread.isAlive();
    }
}
