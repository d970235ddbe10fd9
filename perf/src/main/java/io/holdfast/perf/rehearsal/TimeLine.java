package io.holdfast.perf.rehearsal;

import io.holdfast.perf.load.Latencies;
import org.HdrHistogram.Histogram;

/** A rehearsal by intervals: how many came, how many were answered, and how long that took. One thread at a time. */
final class TimeLine {
    private static final int INTERVALS = 60;

    /** What comes after twice the window counts to the last interval. */
    private static final int INTERVALS_MAX = 2 * INTERVALS;

    private final long intervalNs;
    private final long[] arrived = new long[INTERVALS_MAX];
    private final long[] answered = new long[INTERVALS_MAX];
    private final Histogram[] responses = new Histogram[INTERVALS_MAX];

    private int used;

    TimeLine(final long windowNs) {
        this.intervalNs = Math.max(1, windowNs / INTERVALS);
    }

    /** @param sinceStartNs when it was due */
    void onArrival(final long sinceStartNs) {
        arrived[interval(sinceStartNs)]++;
    }

    /** Counts an answer where its request was due: so a wait shows where it began. */
    void onAnswer(final long dueSinceStartNs, final long responseNs) {
        answered[interval(dueSinceStartNs + responseNs)]++;
        final int due = interval(dueSinceStartNs);
        if (responses[due] == null) {
            responses[due] = Latencies.histogram();
        }
        Latencies.record(responses[due], responseNs);
    }

    private int interval(final long sinceStartNs) {
        final int interval = (int) Math.max(0, Math.min(INTERVALS_MAX - 1, sinceStartNs / intervalNs));
        used = Math.max(used, interval + 1);
        return interval;
    }

    /** The beginning of each interval, in seconds. */
    double[] seconds() {
        final double[] seconds = new double[used];
        for (int i = 0; i < used; i++) {
            seconds[i] = i * intervalNs / 1e9;
        }
        return seconds;
    }

    double[] arrivedPerSecond() {
        return perSecond(arrived);
    }

    double[] answeredPerSecond() {
        return perSecond(answered);
    }

    private double[] perSecond(final long[] counts) {
        final double[] rates = new double[used];
        for (int i = 0; i < used; i++) {
            rates[i] = counts[i] * 1e9 / intervalNs;
        }
        return rates;
    }

    /** In milliseconds, of those who came in each interval; NaN where nobody did. */
    double[] responseMs(final double percentile) {
        final double[] values = new double[used];
        for (int i = 0; i < used; i++) {
            values[i] = responses[i] == null ? Double.NaN : responses[i].getValueAtPercentile(percentile) / 1e6;
        }
        return values;
    }
}
