package io.holdfast.perf.ring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run of the ring's measurement is asked to do.
 *
 * @param loads measured in turn, all of them in each round
 * @param inFlightMax commands that all producers together have in flight at most; at saturation, always
 * @param producerWait what producers do between commands of an open loop; saturated, they park
 * @param schedule how often and how long
 * @param segmentLength bytes of the journal's segments; {@link #SEGMENT_LENGTH} is the server's
 * @param dataDirectory where each round makes a journal of its own, and deletes it
 */
public record RingConfig(
        List<RingLoad> loads,
        int inFlightMax,
        ProducerWait producerWait,
        Schedule schedule,
        int segmentLength,
        Path dataDirectory) {
    public static final int SEGMENT_LENGTH = 64 * 1_024 * 1_024;
    public static final int LOADS_MAX = 256;
    public static final int IN_FLIGHT_MAX = 32_768;
    public static final int PRODUCERS_MAX = 64;
    public static final int RATE_MAX = 10_000_000;

    public RingConfig {
        loads = List.copyOf(loads);
        if (loads.isEmpty() || loads.size() > LOADS_MAX) {
            throw new IllegalArgumentException(
                    loads.size() + " loads: 1 to " + LOADS_MAX + " can be measured in one run");
        }
    }

    /**
     * How often and how long.
     *
     * @param rounds of each load
     * @param warmUp before each round, with the same load, not counted
     * @param measured of each round
     */
    public record Schedule(int rounds, Duration warmUp, Duration measured) {}

    /** What changes the figures; the file system stands for the directory. */
    Map<String, String> settings(final String fileSystem) {
        final Map<String, String> settings = new TreeMap<>();
        settings.put(
                "loads", String.join("; ", loads.stream().map(RingLoad::name).toList()));
        settings.put("in flight at most", String.valueOf(inFlightMax));
        settings.put("producers wait", producerWait.name() + ", saturated " + ProducerWait.PARK.name());
        settings.put("warm-up", schedule.warmUp().toMillis() + " ms");
        settings.put("measured", schedule.measured().toMillis() + " ms");
        settings.put("rounds", String.valueOf(schedule.rounds()));
        settings.put("file system", fileSystem);
        return settings;
    }

    /** The load's name without what is the same in all loads. */
    String label(final RingLoad load) {
        return label(load, load.rateText());
    }

    /** The same for a plot of one rate. */
    String labelWithinRate(final RingLoad load) {
        return label(load, load.isSaturated() && load.isStaged() ? "staged" : "");
    }

    private String label(final RingLoad load, final String rate) {
        final StringBuilder label = new StringBuilder();
        append(
                label,
                load.mix().label(),
                loads.stream().map(RingLoad::mix).distinct().count());
        append(label, rate, loads.stream().map(RingLoad::rateText).distinct().count());
        append(
                label,
                "spin " + load.spinText(),
                loads.stream().map(RingLoad::spinNs).distinct().count());
        append(
                label,
                "commit " + load.commitText(),
                loads.stream().map(RingLoad::commitIntervalNs).distinct().count());
        append(
                label,
                load.producers() + " producers",
                loads.stream().map(RingLoad::producers).distinct().count());
        return label.isEmpty() ? load.name() : label.toString();
    }

    private static void append(final StringBuilder label, final String part, final long kinds) {
        if (kinds > 1 && !part.isEmpty()) {
            label.append(label.isEmpty() ? "" : ", ").append(part);
        }
    }
}
