package io.holdfast.perf.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What was measured of each request, in nanoseconds, three digits exact.
 *
 * @param response from when it was due to when its answer was read: what somebody who wanted it then has waited. An
 *     unanswered request counts with as long as it was waited for
 * @param service from when it was sent, the making of its connection included, to when its answer was read
 * @param lag from when it was due to when it was sent, where a connection was free: what the generator itself adds to the
 *     first
 */
public record Latencies(Histogram response, Histogram service, Histogram lag) {
    private static final long LONGEST_NS = TimeUnit.HOURS.toNanos(1);
    private static final int DIGITS = 3;

    static Latencies empty() {
        return new Latencies(histogram(), histogram(), histogram());
    }

    /** An empty histogram for a time in nanoseconds, of at most an hour. */
    public static Histogram histogram() {
        return new Histogram(LONGEST_NS, DIGITS);
    }

    /** Records a time, cut to what a histogram holds. */
    public static void record(final Histogram histogram, final long durationNs) {
        histogram.recordValue(Math.max(0, Math.min(LONGEST_NS, durationNs)));
    }

    void add(final Latencies other) {
        response.add(other.response);
        service.add(other.service);
        lag.add(other.lag);
    }
}
