package io.holdfast.gateway.management;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts of one event loop for one kind of answer. One thread writes, any reads; no update is atomic with
 * another.
 */
final class LatencyHistogram {
    /** Upper bounds in nanoseconds; beyond the last one comes infinity. */
    private static final long[] BOUNDS_NS = {
        TimeUnit.MICROSECONDS.toNanos(50),
        TimeUnit.MICROSECONDS.toNanos(100),
        TimeUnit.MICROSECONDS.toNanos(250),
        TimeUnit.MICROSECONDS.toNanos(500),
        TimeUnit.MICROSECONDS.toNanos(1_000),
        TimeUnit.MICROSECONDS.toNanos(2_500),
        TimeUnit.MILLISECONDS.toNanos(5),
        TimeUnit.MILLISECONDS.toNanos(10),
        TimeUnit.MILLISECONDS.toNanos(25),
        TimeUnit.MILLISECONDS.toNanos(50),
        TimeUnit.MILLISECONDS.toNanos(100),
        TimeUnit.MILLISECONDS.toNanos(250),
        TimeUnit.MILLISECONDS.toNanos(500),
        TimeUnit.SECONDS.toNanos(1),
        TimeUnit.SECONDS.toNanos(5),
    };

    static final int BUCKETS = BOUNDS_NS.length + 1;

    private static final double NS_PER_SECOND = 1e9;

    /** A bucket each, and the sum of nanoseconds behind them. */
    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS + 1);

    void record(final long elapsedNs) {
        int bucket = 0;
        while (bucket < BOUNDS_NS.length && elapsedNs > BOUNDS_NS[bucket]) {
            bucket++;
        }
        add(bucket, 1);
        add(BUCKETS, elapsedNs);
    }

    void addTo(final long[] sums) {
        for (int i = 0; i <= BUCKETS; i++) {
            sums[i] += counts.get(i);
        }
    }

    static double boundSeconds(final int bucket) {
        return bucket == BOUNDS_NS.length ? Double.POSITIVE_INFINITY : BOUNDS_NS[bucket] / NS_PER_SECOND;
    }

    private void add(final int index, final long more) {
        counts.setRelease(index, counts.getPlain(index) + more);
    }
}
