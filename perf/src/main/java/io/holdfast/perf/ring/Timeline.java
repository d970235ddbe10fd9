package io.holdfast.perf.ring;

/** Answers and the slowest of them, for each tenth of a second of the measured time. */
final class Timeline {
    static final long SLOT_NS = 100_000_000;

    private final long[] counts;
    private final long[] slowestNs;

    Timeline(final long measuredNs) {
        final int slots = (int) Math.max(1, (measuredNs + SLOT_NS - 1) / SLOT_NS);
        counts = new long[slots];
        slowestNs = new long[slots];
    }

    /** Notes an answer that came so long after the beginning; what comes before it or after the end is passed over. */
    void add(final long sinceStartNs, final long latencyNs) {
        if (sinceStartNs >= 0 && sinceStartNs < counts.length * SLOT_NS) {
            final int slot = (int) (sinceStartNs / SLOT_NS);
            counts[slot]++;
            slowestNs[slot] = Math.max(slowestNs[slot], latencyNs);
        }
    }

    void add(final Timeline other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
            slowestNs[i] = Math.max(slowestNs[i], other.slowestNs[i]);
        }
    }

    long answers() {
        long sum = 0;
        for (final long each : counts) {
            sum += each;
        }
        return sum;
    }

    double[] seconds() {
        final double[] seconds = new double[counts.length];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = (i + 1) * SLOT_NS / 1e9;
        }
        return seconds;
    }

    double[] answersPerSecond() {
        final double[] rates = new double[counts.length];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = counts[i] * 1e9 / SLOT_NS;
        }
        return rates;
    }

    /** The slowest answer of each slot, in µs; NaN where none came. */
    double[] slowestUs() {
        final double[] slowest = new double[counts.length];
        for (int i = 0; i < slowest.length; i++) {
            slowest[i] = counts[i] == 0 ? Double.NaN : slowestNs[i] / 1e3;
        }
        return slowest;
    }
}
