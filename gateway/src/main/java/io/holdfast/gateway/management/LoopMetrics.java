package io.holdfast.gateway.management;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * What one event loop counts. That loop writes, the scrape reads; on the way of a request nothing is looked
 * up by name.
 */
public final class LoopMetrics {
    private static final int STATUS_MAX = 600;
    private static final int DROPS_MAX = 4_096;

    private final int routes;
    private final AtomicReferenceArray<LatencyHistogram> histograms;
    private final Counters payments;
    private final int verdicts;
    private final Int2ObjectHashMap<Counters> verdictsByDropNumber = new Int2ObjectHashMap<>();

    /** Published anew for each new drop, since the map is not for two threads. */
    private volatile Counters[] drops = new Counters[0];

    LoopMetrics(final int routes, final int verdicts, final int outcomes) {
        this.routes = routes;
        this.verdicts = verdicts;
        this.histograms = new AtomicReferenceArray<>((routes + 1) * STATUS_MAX);
        this.payments = new Counters("", outcomes);
    }

    /** An answer was given. The route is -1 for a request that was refused before it had one. */
    public void answered(final int route, final int status, final long elapsedNs) {
        final int index = (route + 1) * STATUS_MAX + status;
        LatencyHistogram histogram = histograms.getPlain(index);
        if (histogram == null) {
            histogram = new LatencyHistogram();
            histograms.setRelease(index, histogram);
        }
        histogram.record(elapsedNs);
    }

    /**
     * A hold was asked for and a drop that exists has given its verdict.
     *
     * @return false when the drop is new here: tell its name by {@link #open}, then try again
     */
    public boolean hold(final int dropNumber, final int verdict) {
        final Counters counters = verdictsByDropNumber.get(dropNumber);
        if (counters == null) {
            return verdictsByDropNumber.size() == DROPS_MAX;
        }
        counters.increment(verdict);
        return true;
    }

    /** Begins to count for a drop. */
    public void open(final int dropNumber, final String drop) {
        verdictsByDropNumber.put(dropNumber, new Counters(drop, verdicts));
        drops = verdictsByDropNumber.values().toArray(Counters[]::new);
    }

    public void payment(final int outcome) {
        payments.increment(outcome);
    }

    /** Adds what was counted for a route and status; whether there was anything. */
    boolean addLatencies(final int route, final int status, final long[] sums) {
        final LatencyHistogram histogram = histograms.getAcquire((route + 1) * STATUS_MAX + status);
        if (histogram == null) {
            return false;
        }
        histogram.addTo(sums);
        return true;
    }

    Counters[] drops() {
        return drops;
    }

    Counters payments() {
        return payments;
    }

    int routes() {
        return routes;
    }

    static int statusMax() {
        return STATUS_MAX;
    }
}
