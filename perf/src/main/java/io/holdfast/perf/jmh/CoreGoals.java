package io.holdfast.perf.jmh;

import io.holdfast.perf.report.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the core is to reach, and whether it did. */
final class CoreGoals {
    /**
     * A goal and its figure.
     *
     * @param name what was measured
     * @param limit the most that it may be
     * @param unit of limit and figure
     */
    record Verdict(String name, double limit, double figure, String unit) {
        boolean isReached() {
            return figure <= limit;
        }

        String limitText() {
            return "<= " + Numbers.text(limit) + " " + unit;
        }

        String figureText() {
            return Numbers.text(figure) + " " + unit;
        }
    }

    /** JMH and the JVM allocate a little beside what is measured, and it weighs more where an iteration did less. */
    private static final double ALLOCATED_BYTES_MAX = 1;

    private static final double FLATNESS_MAX = 2;

    private static final Map<String, Double> TIME_NS_MAX = Map.of(
            "CoreHoldBenchmark.newBuyer", 150.0,
            "CoreHoldBenchmark.knownBuyer", 150.0,
            "CoreSoldOutBenchmark.gone", 60.0,
            "CoreSoldOutBenchmark.goneWithoutKey", 60.0,
            "CoreSoldOutBenchmark.allHeld", 60.0);

    private CoreGoals() {}

    /** The most that an operation may take, in nanoseconds, where there is a goal. */
    static Optional<Double> timeNsMax(final Measurement measurement) {
        return Optional.ofNullable(TIME_NS_MAX.get(measurement.benchmark()));
    }

    /** Times, allocations and flatness of all that has a goal; empty where nothing of the core was measured. */
    static List<Verdict> verdicts(final List<Measurement> measurements) {
        final List<Verdict> verdicts = new ArrayList<>();
        TIME_NS_MAX.keySet().stream().sorted().forEach(benchmark -> {
            final List<Measurement> ofBenchmark = measurements.stream()
                    .filter(each -> each.benchmark().equals(benchmark))
                    .sorted(Comparator.comparingInt(CoreGoals::liveHolds))
                    .toList();
            for (final Measurement each : ofBenchmark) {
                final String name = benchmark + ", " + Numbers.text((long) liveHolds(each)) + " live";
                verdicts.add(new Verdict(
                        name, TIME_NS_MAX.get(benchmark), each.time().median(), "ns"));
                verdicts.add(
                        new Verdict(name, ALLOCATED_BYTES_MAX, each.allocated().least(), "B"));
            }
            if (ofBenchmark.size() > 1) {
                verdicts.add(flatness(benchmark, ofBenchmark));
            }
        });
        return verdicts;
    }

    private static Verdict flatness(final String benchmark, final List<Measurement> ascending) {
        final Measurement least = ascending.get(0);
        final Measurement most = ascending.get(ascending.size() - 1);
        return new Verdict(
                benchmark + ", " + Numbers.text((long) liveHolds(most)) + " live to "
                        + Numbers.text((long) liveHolds(least)),
                FLATNESS_MAX,
                most.time().median() / least.time().median(),
                "x");
    }

    private static int liveHolds(final Measurement measurement) {
        return Integer.parseInt(measurement.parameters().get("liveHolds"));
    }
}
