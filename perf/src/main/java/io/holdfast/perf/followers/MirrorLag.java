package io.holdfast.perf.followers;

import io.holdfast.perf.ring.GrantedHistory;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * How long after it was durable a hold can be seen in Redis. A thread places holds at a fixed rate, a batch each 10 ms,
 * and waits for nobody; the calling thread looks for the last hold of each batch.
 */
final class MirrorLag {
    private static final int BATCHES_PER_SECOND = 100;
    private static final long BATCH_NS = TimeUnit.SECONDS.toNanos(1) / BATCHES_PER_SECOND;
    private static final long LOOK_NS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long VISIBLE_MAX_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;

    private final GrantedHistory history;
    private final MirroredRedis redis;
    private final int rate;

    /** When a batch was durable, by {@link System#nanoTime}, never 0; 0 before. */
    private final AtomicLongArray durableNs;

    private MirrorLag(final GrantedHistory history, final MirroredRedis redis, final MirrorPlan plan) {
        this.history = history;
        this.redis = redis;
        this.rate = plan.rate();
        this.durableNs = new AtomicLongArray(plan.seconds() * BATCHES_PER_SECOND);
    }

    /**
     * What was found.
     *
     * @param holdsPerSecond as they were placed
     * @param visibleAfterNs for each batch
     */
    record Found(double holdsPerSecond, Histogram visibleAfterNs) {}

    /** Measures; the history has to be at its beginning, and a mirror at its end. */
    static Found measure(final GrantedHistory history, final MirroredRedis redis, final MirrorPlan plan)
            throws IOException, InterruptedException {
        return new MirrorLag(history, redis, plan).run();
    }

    private Found run() throws IOException, InterruptedException {
        final long begunNs = System.nanoTime();
        final FutureTask<Long> placing = new FutureTask<>(this::place);
        final Thread thread = new Thread(placing, "bench-holds");
        thread.setDaemon(true);
        thread.start();
        final Histogram visibleAfterNs = new Histogram(DIGITS);
        for (int batch = 0; batch < durableNs.length(); batch++) {
            visibleAfterNs.recordValue(await(batch, placing));
        }
        final long endedNs = resultOf(placing);
        return new Found(holdsUntil(durableNs.length()) * 1e9 / (endedNs - begunNs), visibleAfterNs);
    }

    /** Holds of the first so many batches. */
    private long holdsUntil(final int batches) {
        return (long) batches * rate / BATCHES_PER_SECOND;
    }

    private long place() {
        long dueNs = System.nanoTime();
        for (int batch = 0; batch < durableNs.length(); batch++) {
            dueNs += BATCH_NS;
            while (history.holds() < holdsUntil(batch + 1)) {
                history.place();
            }
            history.commit();
            durableNs.set(batch, System.nanoTime() | 1);
            for (long leftNs = dueNs - System.nanoTime(); leftNs > 0; leftNs = dueNs - System.nanoTime()) {
                LockSupport.parkNanos(leftNs);
            }
        }
        return System.nanoTime();
    }

    /** How long it took until the batch could be seen. */
    private long await(final int batch, final FutureTask<Long> placing) throws IOException, InterruptedException {
        final long deadlineNs = System.nanoTime() + VISIBLE_MAX_NS;
        while (durableNs.get(batch) == 0 || !redis.hasHold(holdsUntil(batch + 1))) {
            if (durableNs.get(batch) == 0 && placing.isDone()) {
                resultOf(placing); // it has ended before its time, and says why
            }
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IOException("hold " + holdsUntil(batch + 1) + " cannot be seen after "
                        + TimeUnit.NANOSECONDS.toSeconds(VISIBLE_MAX_NS) + " s");
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        return System.nanoTime() - durableNs.get(batch);
    }

    private static long resultOf(final FutureTask<Long> placing) throws IOException, InterruptedException {
        try {
            return placing.get(VISIBLE_MAX_NS, TimeUnit.NANOSECONDS);
        } catch (final ExecutionException e) {
            throw new IOException("placing holds failed: " + e.getCause(), e.getCause());
        } catch (final TimeoutException e) {
            throw new IOException("placing holds does not end", e);
        }
    }
}
