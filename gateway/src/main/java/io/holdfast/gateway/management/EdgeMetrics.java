package io.holdfast.gateway.management;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Adds up what the event loops counted, when Prometheus asks.
 *
 * <p>A collector of its own, since a meter of the registry would cost a look-up and an atomic for each
 * request.
 */
public final class EdgeMetrics implements MultiCollector {
    private static final double NS_PER_SECOND = 1e9;

    private final List<String> routes;
    private final List<String> verdicts;
    private final List<String> outcomes;
    private final List<LoopMetrics> loops = new CopyOnWriteArrayList<>();

    /**
     * @param routes labels by number
     * @param verdicts labels of {@code holdfast_holds_total} by number
     * @param outcomes labels of {@code holdfast_payments_total} by number
     */
    public EdgeMetrics(
            final PrometheusMeterRegistry registry,
            final List<String> routes,
            final List<String> verdicts,
            final List<String> outcomes) {
        this.routes = List.copyOf(routes);
        this.verdicts = List.copyOf(verdicts);
        this.outcomes = List.copyOf(outcomes);
        registry.getPrometheusRegistry().register(this);
    }

    /** Counters for one more event loop. */
    public LoopMetrics openLoop() {
        final LoopMetrics loop = new LoopMetrics(routes.size(), verdicts.size(), outcomes.size());
        loops.add(loop);
        return loop;
    }

    @Override
    public MetricSnapshots collect() {
        return MetricSnapshots.of(requests(), holds(), payments());
    }

    private HistogramSnapshot requests() {
        final HistogramSnapshot.Builder builder = HistogramSnapshot.builder()
                .name("holdfast_request_seconds")
                .help("From a complete request to its answer, by route and status.");
        for (int route = -1; route < routes.size(); route++) {
            for (int status = 0; status < LoopMetrics.statusMax(); status++) {
                final long[] sums = new long[LatencyHistogram.BUCKETS + 1];
                boolean any = false;
                for (final LoopMetrics loop : loops) {
                    any |= loop.addLatencies(route, status, sums);
                }
                if (any) {
                    builder.dataPoint(dataPoint(route, status, sums));
                }
            }
        }
        return builder.build();
    }

    private HistogramSnapshot.HistogramDataPointSnapshot dataPoint(
            final int route, final int status, final long[] sums) {
        final ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int i = 0; i < LatencyHistogram.BUCKETS; i++) {
            buckets.bucket(LatencyHistogram.boundSeconds(i), sums[i]);
        }
        return HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(buckets.build())
                .sum(sums[LatencyHistogram.BUCKETS] / NS_PER_SECOND)
                .labels(Labels.of("route", route < 0 ? "none" : routes.get(route), "status", Integer.toString(status)))
                .build();
    }

    private CounterSnapshot holds() {
        final Map<String, long[]> sums = new TreeMap<>();
        for (final LoopMetrics loop : loops) {
            for (final Counters drop : loop.drops()) {
                add(drop, sums.computeIfAbsent(drop.label(), label -> new long[verdicts.size()]));
            }
        }
        final CounterSnapshot.Builder builder = CounterSnapshot.builder()
                .name("holdfast_holds")
                .help("Verdicts on holds that were asked for, by drop.");
        sums.forEach((drop, counts) -> {
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] > 0) {
                    builder.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                            .value(counts[i])
                            .labels(Labels.of("drop", drop, "verdict", verdicts.get(i)))
                            .build());
                }
            }
        });
        return builder.build();
    }

    private CounterSnapshot payments() {
        final long[] sums = new long[outcomes.size()];
        loops.forEach(loop -> add(loop.payments(), sums));
        final CounterSnapshot.Builder builder =
                CounterSnapshot.builder().name("holdfast_payments").help("Answers to payments, repeated ones too.");
        for (int i = 0; i < sums.length; i++) {
            builder.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                    .value(sums[i])
                    .labels(Labels.of("outcome", outcomes.get(i)))
                    .build());
        }
        return builder.build();
    }

    private static void add(final Counters counters, final long[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += counters.get(i);
        }
    }
}
