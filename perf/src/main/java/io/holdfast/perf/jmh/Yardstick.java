package io.holdfast.perf.jmh;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/**
 * What every time is set beside: an event that goes through the raw Disruptor, from one of what may be several
 * producers to a consumer that spins. It is the least that the ring can cost, and moves with the machine.
 */
final class Yardstick {
    static final String BENCHMARK = RingBenchmark.class.getName() + ".handOff";

    static final String SHORT_NAME = RingBenchmark.class.getSimpleName() + ".handOff";
    private static final Map<String, String> PARAMETERS = Map.of(
            "waiting", Waiting.BUSY_SPIN.name(),
            "producers", Producers.MULTI_1.name());

    private Yardstick() {}

    static boolean isMeasuredBy(final String benchmark, final Map<String, String> parameters) {
        return benchmark.equals(SHORT_NAME) && parameters.equals(PARAMETERS);
    }

    static ChainedOptionsBuilder options(final ChainedOptionsBuilder options) {
        PARAMETERS.forEach(options::param);
        return options;
    }

    /** Nanoseconds of one event, if they were measured. */
    static Optional<Double> ns(final List<Measurement> measurements) {
        return measurements.stream()
                .filter(each -> isMeasuredBy(each.benchmark(), each.parameters()))
                .map(each -> each.time().median())
                .findFirst();
    }
}
