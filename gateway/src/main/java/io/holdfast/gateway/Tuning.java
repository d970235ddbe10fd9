package io.holdfast.gateway;

import io.holdfast.gateway.pipeline.PipelineConfig;
import io.holdfast.gateway.warmup.WarmUp;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * What a performance team turns, by system properties; the defaults were measured on two cores.
 *
 * @param eventLoops {@code holdfast.eventLoops}: threads of the edge; 0 chooses by the number of processors
 * @param pipeline {@code holdfast.spinMicros}: how long the writer looks for work before it parks; {@code
 *     holdfast.restMicros}: from one commit to the next while some records come; {@code holdfast.commitMicros}: the same
 *     under load, 0 commits at once always; {@code holdfast.busyRecords}: from how many records in the time of a sync that
 *     is load
 * @param warmUp {@code holdfast.warmUpSeconds}: how long at most a drop is played before there are buyers; 0 for not at
 *     all, which is the default here; the launcher says 10
 */
public record Tuning(int eventLoops, PipelineConfig pipeline, WarmUp.Config warmUp) {
    private static final int EVENT_LOOPS_MAX = 256;
    private static final int MICROS_MAX = 1_000_000;
    private static final int SECONDS_MAX = 600;
    private static final int RECORDS_MAX = 1_000_000;
    private static final long NS_PER_MICRO = 1_000;

    /**
     * Reads the properties.
     *
     * @param property gives a property's value by its name, or null
     * @throws IllegalArgumentException naming the property whose value is not a number within its bounds
     */
    static Tuning read(final UnaryOperator<String> property, final int ringSize) {
        final PipelineConfig defaults = PipelineConfig.DEFAULT;
        return new Tuning(
                number(property, "holdfast.eventLoops", 0, EVENT_LOOPS_MAX),
                new PipelineConfig(
                        ringSize,
                        nanoseconds(property, "holdfast.spinMicros", defaults.spinNs()),
                        nanoseconds(property, "holdfast.restMicros", defaults.restNs()),
                        nanoseconds(property, "holdfast.commitMicros", defaults.commitIntervalNs()),
                        number(property, "holdfast.busyRecords", defaults.busyRecordsPerCommit(), RECORDS_MAX)),
                WarmUp.Config.of(Duration.ofSeconds(number(property, "holdfast.warmUpSeconds", 0, SECONDS_MAX))));
    }

    private static long nanoseconds(final UnaryOperator<String> property, final String name, final long whenAbsent) {
        return NS_PER_MICRO * number(property, name, (int) (whenAbsent / NS_PER_MICRO), MICROS_MAX);
    }

    private static int number(
            final UnaryOperator<String> property, final String name, final int whenAbsent, final int max) {
        final String text = property.apply(name);
        if (text == null) {
            return whenAbsent;
        }
        try {
            final int value = Integer.parseInt(text.trim());
            if (value >= 0 && value <= max) {
                return value;
            }
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException("-D" + name + "=" + text + ": a number is needed", e);
        }
        throw new IllegalArgumentException("-D" + name + "=" + text + ": 0 to " + max + " is needed");
    }
}
