package io.holdfast.perf.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.gateway.pipeline.PipelineConfig;
import io.holdfast.gateway.pipeline.WriterProbe;
import io.holdfast.journal.JournalConfig;
import io.holdfast.perf.report.JsonText;
import io.holdfast.perf.report.RunComparison;
import io.holdfast.perf.report.RunHistory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That it runs and counts right; never how long anything takes. */
@Timeout(300)
class RingBenchTest {
    static final int SEGMENT_LENGTH = 4 * 1_024 * 1_024;
    private static final int RATE = 2_000;

    @TempDir
    private Path directory;

    @Test
    void shouldCountEveryCommandOnceWhenLoadIsOpen() throws Exception {
        final RingLoad load = load(AnswerMix.DROP, RATE, 2, true);

        final RoundResult round = round(load);

        assertThat(round.faults()).isEmpty();
        assertThat(round.verdicts().answered() + round.losses().refused()).isEqualTo(2 * RATE / 10);
        assertThat(round.verdicts().granted()).isEqualTo(2 * RATE / 10 / 10);
        assertThat(round.losses().unanswered()).isZero();
        assertThat(round.latencies().total().getTotalCount()).isEqualTo(RATE / 10);
    }

    /** How many fall into the measured time is the disk's doing: it may stand still for as long. */
    @Test
    void shouldCountTheSyncOfEachCommandThatIsAnswered() throws Exception {
        final JournalConfig defaults = JournalConfig.defaults(directory);
        final JournalConfig journal =
                new JournalConfig(directory, SEGMENT_LENGTH, defaults.batchLengthMax(), defaults.diskReserveBytes());
        try (RingServer server = new RingServer(journal, PipelineConfig.DEFAULT, new WriterProbe())) {
            server.call(exchange -> HoldCommands.createDrop(exchange, "d-0", 1));
            final Effort before = Effort.now(server.syncs());
            for (int commands = 1; commands <= 3; commands++) {
                final String drop = "d-" + commands;
                server.call(exchange -> HoldCommands.createDrop(exchange, drop, 1));

                final SyncTally.Count count =
                        Effort.now(server.syncs()).since(before).syncs();
                assertThat(count.syncs()).isEqualTo(commands);
                assertThat(count.records()).isEqualTo(commands);
                assertThat(count.bytes()).isPositive();
            }
        }
    }

    @Test
    void shouldLeaveNoTimeOutWhenStagesAreAddedUp() throws Exception {
        final RoundResult round = round(load(AnswerMix.GRANTED, RATE, 1, true));

        double sum = 0;
        for (final Histogram each : round.latencies().stages().values()) {
            assertThat(each.getTotalCount()).isEqualTo(round.latencies().total().getTotalCount());
            sum += each.getMean();
        }
        final double total = round.latencies().total().getMean();
        assertThat(sum).isBetween(0.99 * total, 1.01 * total);
    }

    @Test
    void shouldBringTheAnswersOfItsMixWhenSaturated() throws Exception {
        for (final AnswerMix mix : AnswerMix.values()) {
            final RoundResult round = round(load(mix, RingLoad.SATURATED, 1, false));

            assertThat(round.faults()).isEmpty();
            assertThat(round.verdicts().answered()).isPositive();
            assertThat(round.losses().refused()).isZero();
            assertThat(round.latencies().stages().get(Stage.SYNC).getTotalCount())
                    .isZero();
        }
    }

    @Test
    void shouldFindFaultWhenAnswersAndStockDiffer() {
        final RingLoad load = load(AnswerMix.GRANTED, RATE, 1, false);

        final List<String> faults = RoundResult.faults(
                load,
                new Verdicts(),
                new RoundResult.Losses(0, 0, 3),
                Map.of(HoldCommands.PLENTY, 1L, HoldCommands.NONE_LEFT, 1L));

        assertThat(faults).containsExactly("0 granted and 1 held", "3 commands were never answered");
    }

    @Test
    void shouldWriteFilesAndRememberWhenRunEnds() throws Exception {
        final List<String> progress = new ArrayList<>();
        final RingConfig config = config(
                List.of(load(AnswerMix.GRANTED, RATE, 1, true), load(AnswerMix.GRANTED, RingLoad.SATURATED, 1, false)));

        final RingResults results = new RingBench(config, progress::add).run();
        final RunHistory history = new RunHistory(directory.resolve("history"));
        history.add(results.record());
        final RunComparison comparison =
                RunComparison.of(history.earlier(results.record()).run().orElseThrow(), results.record());
        final Path page = new RingReport(results, directory.resolve("out")).write(Optional.of(comparison));

        assertThat(results.faults()).isEmpty();
        assertThat(progress).hasSize(3);
        assertThat(Files.readString(page)).contains("<svg ", "journal wait", "Compared with the run before");
        try (Stream<Path> files = Files.list(page.getParent())) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .contains(
                            "granted-2000-spin-0-commit-500-producers-1-total.hgrm",
                            "granted-2000-spin-0-commit-500-producers-1-write-and-sync.hgrm",
                            "granted-2000-spin-0-commit-500-producers-1-stages.svg",
                            "total-2-000-s.svg",
                            "answers-over-time.svg");
        }
        assertThat(JsonText.of(results::write)).contains("\"faults\":[]", "\"stages\":{", "\"p9999Us\":");
        assertThat(results.text()).contains("granted 2,000/s", "queueing");
        try (Stream<Path> left = Files.list(config.dataDirectory())) {
            assertThat(left).isEmpty();
        }
    }

    private RoundResult round(final RingLoad load) throws Exception {
        return new RingRound(config(List.of(load)), load, Files.createTempDirectory(directory, "round")).run();
    }

    private RingConfig config(final List<RingLoad> loads) {
        return new RingConfig(
                loads,
                1_024,
                ProducerWait.PARK,
                new RingConfig.Schedule(1, Duration.ofMillis(100), Duration.ofMillis(100)),
                SEGMENT_LENGTH,
                directory.resolve("data"));
    }

    private static RingLoad load(
            final AnswerMix mix, final int ratePerSecond, final int producers, final boolean isStaged) {
        return new RingLoad(mix, ratePerSecond, producers, 0, 500_000, isStaged);
    }
}
