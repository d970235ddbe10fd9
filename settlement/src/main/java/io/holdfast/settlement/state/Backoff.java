package io.holdfast.settlement.state;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** After failures in a row: how long not to try again, doubling from {@link #FIRST_MS} to {@link #LAST_MS}. One thread. */
final class Backoff {
    static final long FIRST_MS = 5_000;
    static final long LAST_MS = 300_000;
    private static final int DOUBLINGS_MAX = 6;

    private final LongSupplier nanoTime;
    private int failures;
    private long notBeforeNs;

    Backoff(final LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    boolean allows() {
        return failures == 0 || nanoTime.getAsLong() - notBeforeNs >= 0;
    }

    void failed() {
        final long waitMs = Math.min(LAST_MS, FIRST_MS << Math.min(failures, DOUBLINGS_MAX));
        notBeforeNs = nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(waitMs);
        failures++;
    }

    void succeeded() {
        failures = 0;
    }
}
