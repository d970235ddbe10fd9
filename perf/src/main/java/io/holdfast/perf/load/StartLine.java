package io.holdfast.perf.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Where the loops wait until all of them have their connections. Any thread. */
final class StartLine {
    static final long NOT_YET = Long.MIN_VALUE;

    private static final long AHEAD_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final AtomicInteger missing;

    private volatile long startNs = NOT_YET;

    StartLine(final int loops) {
        this.missing = new AtomicInteger(loops);
    }

    /** A loop is ready; the last one sets the time. Called once by each. */
    void arrive() {
        if (missing.decrementAndGet() == 0) {
            startNs = System.nanoTime() + AHEAD_NS;
        }
    }

    /** When the run begins, {@link System#nanoTime()}, or {@link #NOT_YET}. */
    long startNs() {
        return startNs;
    }
}
