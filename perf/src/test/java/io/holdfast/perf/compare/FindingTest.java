package io.holdfast.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FindingTest {
    private static final String ROW = "saturation";

    private final Results results = new Results();

    @ParameterizedTest
    @CsvSource({
        // comparing, bound, bare, product, outcome
        "RATIO_AT_LEAST,     0.7,  100,  70, REACHED",
        "RATIO_AT_LEAST,     0.7,  100,  69, NOT_REACHED",
        "RATIO_AT_MOST,      1.3,  2,    2.6, REACHED",
        "RATIO_AT_MOST,      1.3,  2,    2.7, NOT_REACHED",
        "ABOVE_BARE_AT_MOST, 250,  100,  350, REACHED",
        "ABOVE_BARE_AT_MOST, 250,  100,  351, NOT_REACHED",
        "AT_MOST,            1000, 1,    1000, REACHED",
        "AT_MOST,            1000, 1,    1001, NOT_REACHED",
        "EXACTLY,            0,    5,    0, REACHED",
        "EXACTLY,            0,    0,    1, NOT_REACHED",
    })
    void shouldJudgeByTheBound(
            final Aim.Comparing comparing,
            final double bound,
            final double bare,
            final double product,
            final Finding.Outcome outcome) {
        measure(Side.BARE, bare);
        measure(Side.HOLDFAST, product);

        final Finding finding = Finding.of(new Aim(ROW, Metric.P50, comparing, bound), results);

        assertThat(finding.outcome()).isEqualTo(outcome);
    }

    @Test
    void shouldCompareWithinARoundWhenTheMachineChangesBetweenRounds() {
        measure(Side.BARE, 100, 10, 1_000);
        measure(Side.HOLDFAST, 80, 9, 750);

        final Finding finding = Finding.of(new Aim(ROW, Metric.P50, Aim.Comparing.RATIO_AT_LEAST, 0.7), results);

        assertThat(finding.judged().orElseThrow().rounds()).containsExactly(0.8, 0.9, 0.75);
        assertThat(finding.judged().orElseThrow().median()).isEqualTo(0.8);
        assertThat(finding.outcome()).isEqualTo(Finding.Outcome.REACHED);
    }

    @Test
    void shouldNotReachAnExactGoalWhenOneRoundMissesIt() {
        measure(Side.HOLDFAST, 0, 0, 0, 1, 0);

        final Finding finding = Finding.of(new Aim(ROW, Metric.P50, Aim.Comparing.EXACTLY, 0), results);

        assertThat(finding.outcome()).isEqualTo(Finding.Outcome.NOT_REACHED);
    }

    @Test
    void shouldJudgeNothingWhenASideIsMissing() {
        measure(Side.HOLDFAST, 80);

        final Finding withoutBare = Finding.of(new Aim(ROW, Metric.P50, Aim.Comparing.RATIO_AT_LEAST, 0.7), results);
        final Finding withoutProduct = Finding.of(new Aim("drop", Metric.P50, Aim.Comparing.AT_MOST, 1), results);

        assertThat(withoutBare.outcome()).isEqualTo(Finding.Outcome.NOT_MEASURED);
        assertThat(withoutProduct.outcome()).isEqualTo(Finding.Outcome.NOT_MEASURED);
    }

    @Test
    void shouldForgetWhatWasMeasuredWhenALaterRoundFails() {
        measure(Side.BARE, 100);
        measure(Side.HOLDFAST, 80);

        results.fail(ROW, Side.HOLDFAST, "it ended");

        assertThat(Finding.of(new Aim(ROW, Metric.P50, Aim.Comparing.RATIO_AT_LEAST, 0.7), results)
                        .outcome())
                .isEqualTo(Finding.Outcome.NOT_MEASURED);
    }

    @Test
    void shouldSayNotReachedInEveryTableWhenAFigureMissesItsGoal() {
        add(Side.BARE, Metric.PER_SECOND, 100_000);
        add(Side.HOLDFAST, Metric.PER_SECOND, 69_000);
        add(Side.REDIS, Metric.PER_SECOND, 46_000);
        final CompareReport report =
                new CompareReport(plan(), new Disk("ext4", 110, 200), new EnumMap<>(Side.class), results);

        final CompareWriter writer = new CompareWriter(report, "./holdfast bench compare");

        final String expected = "saturation: answers ≥ 0.700 × bare Netty";
        assertThat(writer.text().lines().filter(line -> line.startsWith(expected)))
                .singleElement()
                .asString()
                .contains("69,000/s", "100,000/s", "46,000/s", "0.690×", "1.50×")
                .endsWith("not reached");
        assertThat(writer.markdown())
                .contains("| " + expected
                        + " | 69,000/s | 100,000/s | 46,000/s | 0.690× | 0.690 to 0.690 | 1.50× | not reached |");
        assertThat(writer.json()).contains("\"outcome\":\"not reached\"");
        assertThat(report.isReached()).isFalse();
    }

    private void measure(final Side side, final double... rounds) {
        for (final double round : rounds) {
            add(side, Metric.P50, round);
        }
    }

    private void add(final Side side, final Metric metric, final double value) {
        results.add(ROW, side, Map.of(metric, value));
    }

    private static ComparePlan plan() {
        return new ComparePlan(
                List.of(ROW),
                List.of(Side.values()),
                new ComparePlan.Pace(1, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)),
                new ComparePlan.Crowd(8, 100, 100, 10),
                Path.of("."),
                new PeerOptions(List.of(), 1, 1, "always"));
    }
}
