package io.holdfast.perf.compare;

import io.holdfast.perf.load.AnswerHandler;
import io.holdfast.perf.load.ArrivalTimes;
import io.holdfast.perf.load.Arrivals;
import io.holdfast.perf.load.HoldRequests;
import io.holdfast.perf.load.HttpTarget;
import io.holdfast.perf.load.LoadPlan;
import io.holdfast.perf.load.LoadResult;
import io.holdfast.perf.load.LoadRun;
import io.holdfast.perf.load.WirePlan;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Our own generator on one thread, the same for every side. */
final class LoadDriver {
    private static final String SKU = "GA";
    private static final int RADIX = 36;
    private static final int CREATED = 201;
    private static final double NS_PER_MICRO = 1_000;
    private static final long SEED = 1;
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);

    /** All come at once, and each is to be answered at some time. */
    private static final long CROWD_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(60);

    /** A port that was used rests for a minute: so many addresses have millions of them. */
    private static final int SOURCES = 100;

    private final String run = Long.toString(System.currentTimeMillis(), RADIX);

    private int runs;

    /** Requests when they are due, on connections that are kept alive. */
    LoadResult open(
            final Server server,
            final String drop,
            final double perSecond,
            final int connections,
            final ComparePlan.Pace pace)
            throws InterruptedException {
        final Duration whole = pace.warmUp().plus(pace.duration());
        final ArrivalTimes arrivals = Arrivals.UNIFORM.atRate(perSecond, whole.toNanos(), SEED);
        final LoadPlan plan = plan(server, connections, false, pace.warmUp());
        return LoadRun.open(plan, arrivals, requests(server, drop), AnswerHandler.NONE)
                .await();
    }

    /** Requests one after the other on each connection, all of them counted. */
    LoadResult closed(final Server server, final String drop, final int connections, final Duration duration)
            throws InterruptedException {
        final LoadPlan plan = plan(server, connections, false, Duration.ZERO);
        return LoadRun.closed(plan, duration.toNanos(), requests(server, drop), AnswerHandler.NONE)
                .await();
    }

    /** Users within a time, each with a new connection and one request. */
    LoadResult users(final Server server, final String drop, final int users, final Duration window, final int openMax)
            throws InterruptedException {
        final ArrivalTimes arrivals = Arrivals.UNIFORM.times(users, Math.max(1, window.toNanos()), SEED);
        final LoadPlan plan = plan(server, Math.min(users, openMax), true, Duration.ZERO);
        return LoadRun.open(plan, arrivals, requests(server, drop), AnswerHandler.NONE)
                .await();
    }

    private static LoadPlan plan(
            final Server server, final int connections, final boolean isNewEachRequest, final Duration warmUp) {
        final WirePlan wire = new WirePlan(target(server), isNewEachRequest ? SOURCES : 0, connections, 0);
        return new LoadPlan(
                wire,
                connections,
                isNewEachRequest,
                1,
                warmUp.toNanos(),
                isNewEachRequest ? CROWD_TIMEOUT_NS : TIMEOUT_NS);
    }

    private HoldRequests requests(final Server server, final String drop) {
        runs++;
        final String unique = run + "r" + runs;
        return new HoldRequests(target(server), server.keys().api(), drop, SKU, unique);
    }

    private static HttpTarget target(final Server server) {
        return HttpTarget.of(server.service().toString());
    }

    /** What a run says of latency, measured from when each request was due, and of answers. */
    static Map<Metric, Double> values(final LoadResult result) {
        final Map<Metric, Double> values = new EnumMap<>(Metric.class);
        final Histogram response = result.latencies().response();
        values.put(Metric.P50, micros(response, 50));
        values.put(Metric.P99, micros(response, 99));
        values.put(Metric.P999, micros(response, 99.9));
        values.put(Metric.GENERATOR_P50, micros(result.latencies().lag(), 50));
        values.put(Metric.GENERATOR_P99, micros(result.latencies().lag(), 99));
        final long holds = result.outcome().answersOf(CREATED);
        final long soldOut = result.outcome().problems().getOrDefault("sold-out", 0L);
        values.put(Metric.HOLDS, (double) holds);
        values.put(Metric.SOLD_OUT, (double) soldOut);
        values.put(Metric.REFUSED, (double) (result.outcome().answered() - holds - soldOut));
        values.put(Metric.UNANSWERED, (double) result.outcome().unanswered());
        return values;
    }

    private static double micros(final Histogram valuesNs, final double percentile) {
        return valuesNs.getTotalCount() == 0 ? 0 : valuesNs.getValueAtPercentile(percentile) / NS_PER_MICRO;
    }
}
