package io.holdfast.perf.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunComparisonTest {
    @ParameterizedTest
    @CsvSource({
        // goal, before, now, verdict
        "LOWER, 100 101 102, 130 131 132, WORSE",
        "LOWER, 130 131 132, 100 101 102, BETTER",
        "HIGHER, 100 101 102, 130 131 132, BETTER",
        "HIGHER, 130 131 132, 100 101 102, WORSE",
        "YARDSTICK, 100 101 102, 130 131 132, MOVED",
        // apart, and yet near
        "LOWER, 100 101 102, 110 111 112, WITHIN_NOISE",
        // far, and yet the ranges overlap
        "LOWER, 100 101 140, 135 150 160, WITHIN_NOISE",
        "LOWER, 100 200 300, 140 290 310, WITHIN_NOISE",
        // two rounds have no range
        "LOWER, 100 101, 200 201 202, TOO_FEW_ROUNDS",
        "LOWER, 100 101 102, 200, TOO_FEW_ROUNDS",
        // from nothing
        "LOWER, 0 0 0, 5 6 7, WORSE",
        "LOWER, 0 0 0, 0 0 0, WITHIN_NOISE",
    })
    void shouldJudgeByRangesAndMedians(
            final Goal goal, final String before, final String now, final Change.Verdict verdict) {
        final Change change = Change.of(figure("f", goal, before), figure("f", goal, now));

        assertThat(change.verdict()).isEqualTo(verdict);
    }

    @Test
    void shouldSayWhatChangedWhenFiguresAreBeyondNoise() {
        final RunComparison comparison = RunComparison.of(
                run("old", figure("rate", Goal.HIGHER, "10 11 12"), figure("p99", Goal.LOWER, "5 6 7")),
                run(
                        "new",
                        figure("rate", Goal.HIGHER, "20 21 22"),
                        figure("p99", Goal.LOWER, "5 6 7"),
                        figure("p50", Goal.LOWER, "1 2 3")));

        assertThat(comparison.lines())
                .containsExactly(
                        "compared with the run of 1970-01-01T00:00:00Z, commit old",
                        "different otherwise: commit: old before, new now",
                        "better: rate +91%, from 11 u (10 to 12, 3 rounds) to 21 u (20 to 22, 3 rounds)",
                        "new: p50, 2 u (1 to 3, 3 rounds)",
                        "1 of 3 figures: no change beyond noise");
        assertThat(comparison.isWorse()).isFalse();
    }

    @Test
    void shouldDistrustEverythingWhenYardstickMoved() {
        final RunComparison comparison = RunComparison.of(
                run("a", figure("sync", Goal.YARDSTICK, "100 101 102"), figure("p50", Goal.LOWER, "10 11 12")),
                run("a", figure("sync", Goal.YARDSTICK, "200 201 202"), figure("p50", Goal.LOWER, "20 21 22")));

        assertThat(comparison.hasMachineMoved()).isTrue();
        assertThat(comparison.lines().get(1)).contains("machine itself has moved");
    }

    @Test
    void shouldRefuseWhenSettingsDiffer() {
        final RunRecord one = run("a", figure("f", Goal.LOWER, "1 2 3"));
        final RunRecord other =
                new RunRecord("ring", Instant.EPOCH, one.conditions(), Map.of("rate", "5"), one.figures());

        assertThatThrownBy(() -> RunComparison.of(one, other)).hasMessageContaining("other settings");
    }

    @Test
    void shouldTakeTheMiddleWhenRoundsAreEvenInNumber() {
        assertThat(figure("f", Goal.LOWER, "4 1 3 2").median()).isEqualTo(2.5);
    }

    private static Figure figure(final String name, final Goal goal, final String rounds) {
        return new Figure(
                name,
                "u",
                goal,
                List.of(rounds.split(" ")).stream().map(Double::valueOf).toList());
    }

    private static RunRecord run(final String commit, final Figure... figures) {
        return new RunRecord(
                "ring",
                Instant.EPOCH,
                new RunConditions(new Machine("p", 2, 8), "Linux", "VM", List.of(), commit),
                Map.of(),
                List.of(figures));
    }
}
