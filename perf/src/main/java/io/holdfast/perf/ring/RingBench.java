package io.holdfast.perf.ring;

import io.holdfast.perf.report.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures all loads in turn, round by round, so that a machine that drifts does so under all of them.
 *
 * <p>Before the first round every load runs once, shortly and not counted: the code that is measured is compiled by then.
 */
public final class RingBench {
    private static final Duration COMPILE_MAX = Duration.ofSeconds(2);

    private final RingConfig config;
    private final Consumer<String> onProgress;

    /** @param onProgress told after each round, in a line */
    public RingBench(final RingConfig config, final Consumer<String> onProgress) {
        this.config = config;
        this.onProgress = onProgress;
    }

    /**
     * Runs on the calling thread, as long as the schedule takes.
     *
     * @throws IOException if the data directory cannot be written
     * @throws IllegalStateException if the pipeline failed
     */
    public RingResults run() throws IOException, InterruptedException {
        final Path data = config.dataDirectory();
        Files.createDirectories(data);
        final Yardsticks yardsticks = new Yardsticks(data);
        final List<LoadResult> results =
                config.loads().stream().map(LoadResult::new).toList();
        compile(data);
        for (int round = 1; round <= config.schedule().rounds(); round++) {
            yardsticks.measure();
            for (final LoadResult result : results) {
                result.add(new RingRound(config, result.load(), fresh(data)).run());
                onProgress.accept("round " + round + " of " + config.schedule().rounds() + ", "
                        + result.load().name() + ": "
                        + Numbers.text(Math.round(result.lastRound().answersPerSecond())) + "/s, p50 "
                        + Numbers.text(result.totals().get(round - 1).p50Us()) + " µs");
            }
        }
        return new RingResults(config, Files.getFileStore(data).type(), results, yardsticks.figures());
    }

    private void compile(final Path data) throws IOException, InterruptedException {
        final Duration measured = config.schedule().measured();
        final Duration each = measured.compareTo(COMPILE_MAX) < 0 ? measured : COMPILE_MAX;
        final RingConfig brief = new RingConfig(
                config.loads(),
                config.inFlightMax(),
                config.producerWait(),
                new RingConfig.Schedule(1, Duration.ZERO, each),
                config.segmentLength(),
                data);
        final List<RingLoad> kinds = new ArrayList<>();
        for (final RingLoad load : config.loads()) {
            // One of each mix is enough, and the fastest is the best: it runs the most.
            kinds.removeIf(kind -> kind.mix() == load.mix() && load.isSaturated());
            if (kinds.stream().noneMatch(kind -> kind.mix() == load.mix())) {
                kinds.add(load);
            }
        }
        for (final RingLoad load : kinds) {
            new RingRound(brief, load, fresh(data)).run();
            onProgress.accept("warmed up with " + load.mix().label());
        }
    }

    private static Path fresh(final Path data) throws IOException {
        return Files.createTempDirectory(data, "ring-");
    }
}
