package io.holdfast.perf.jmh;

import io.holdfast.perf.report.Figure;
import io.holdfast.perf.report.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What came of one benchmark with one choice of its parameters.
 *
 * @param benchmark class and method, {@code CoreHoldBenchmark.newBuyer}
 * @param parameters by name
 * @param time of one command, event, record or batch in nanoseconds, a round for each iteration: the median of the
 *     samples where there are any
 * @param allocated bytes for each of them, of all threads
 */
record Measurement(String benchmark, SortedMap<String, String> parameters, Figure time, Figure allocated) {
    private static final double MEDIAN = 50;
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    static Measurement of(final RunResult result) {
        final BenchmarkParams params = result.getParams();
        final SortedMap<String, String> parameters = new TreeMap<>();
        for (final Object name : params.getParamsKeys()) {
            parameters.put(name.toString(), params.getParam(name.toString()));
        }
        final String benchmark = params.getBenchmark()
                .substring(Measurement.class.getPackageName().length() + 1);
        final String name = parameters.isEmpty() ? benchmark : benchmark + " " + text(parameters);
        final int events = eventsPerOperation(benchmark);
        final List<Double> times = new ArrayList<>();
        final List<Double> allocations = new ArrayList<>();
        for (final BenchmarkResult fork : result.getBenchmarkResults()) {
            for (final IterationResult iteration : fork.getIterationResults()) {
                times.add(timeNs(params, iteration.getPrimaryResult()) / events);
                final Result<?> allocation = iteration.getSecondaryResults().get(ALLOCATED);
                if (allocation == null) {
                    throw new IllegalStateException(GCProfiler.class.getSimpleName() + " has no word on " + name);
                }
                allocations.add(allocation.getScore() / events);
            }
        }
        final Goal goal = Yardstick.isMeasuredBy(benchmark, parameters) ? Goal.YARDSTICK : Goal.LOWER;
        return new Measurement(
                benchmark,
                parameters,
                new Figure(name + " time", "ns", goal, times),
                new Figure(name + " allocated", "B", Goal.LOWER, allocations));
    }

    private static double timeNs(final BenchmarkParams params, final Result<?> score) {
        final double value =
                params.getMode() == Mode.SampleTime ? score.getStatistics().getPercentile(MEDIAN) : score.getScore();
        return value * params.getTimeUnit().toNanos(1);
    }

    /** Events in what JMH takes for one operation. */
    private static int eventsPerOperation(final String benchmark) {
        return benchmark.equals(Yardstick.SHORT_NAME) ? RingBenchmark.PASS : 1;
    }

    String parameterText() {
        return text(parameters);
    }

    private static String text(final SortedMap<String, String> parameters) {
        return String.join(
                " ",
                parameters.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .toList());
    }
}
