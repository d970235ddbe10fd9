package io.holdfast.perf.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CostsTest {
    private static final Offset<Double> CLOSE = within(1e-9);
    private static final int CORES = 2;

    /** Of a machine whose writer takes 2 µs a record and 60 µs a sync, and which has nothing left. */
    private static Sample sample(final int connections, final double loopUs, final double recordsPerSync) {
        final double writerUs = 2 + 60 / recordsPerSync;
        return new Sample(
                connections,
                CORES * 1e6 / (loopUs + writerUs + 1 + 0.5 + 8),
                Map.of(
                        Stage.EVENT_LOOPS, loopUs,
                        Stage.WRITER, writerUs,
                        Stage.COMPILER, 1.0,
                        Stage.STORES, 0.5,
                        Stage.GENERATOR, 8.0),
                new Sample.Commits(recordsPerSync, 150, 250),
                new Sample.Besides(CORES, 0),
                1);
    }

    @Test
    void shouldTellARecordFromASyncWhenBatchesDiffer() {
        final List<Sample> samples = List.of(sample(16, 12, 8), sample(256, 10, 30), sample(256, 11, 40));

        final Costs costs = Costs.fit(samples, 256);

        assertThat(costs.recordUs()).isCloseTo(2, CLOSE);
        assertThat(costs.syncUs()).isCloseTo(60, CLOSE);
        assertThat(costs.loopUs()).isCloseTo(10.5, CLOSE);
        assertThat(costs.runtimeUs()).isCloseTo(1, CLOSE);
        assertThat(costs.followersUs()).isZero();
    }

    @Test
    void shouldRefuseToFitWhenBatchesDoNotDiffer() {
        final List<Sample> samples = List.of(sample(16, 12, 8), sample(256, 10, 8));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Costs.fit(samples, 256))
                .withMessageContaining("cannot be told");
    }

    @Test
    void shouldRefuseToFitWhenThoseConnectionsWereNotMeasured() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Costs.fit(List.of(sample(16, 12, 8)), 256))
                .withMessage("nothing was measured with 256 connections");
        assertThatIllegalArgumentException().isThrownBy(() -> Costs.fit(List.of(), 256));
    }

    @Test
    void shouldRefuseASampleInWhichNothingHappened() {
        final Sample.Besides besides = new Sample.Besides(1, 0);
        final Sample.Commits commits = new Sample.Commits(8, 150, 250);

        assertThatIllegalArgumentException().isThrownBy(() -> new Sample(16, 0, Map.of(), commits, besides, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sample(16, 1, Map.of(Stage.WRITER, Double.NaN), commits, besides, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Sample.Commits(Double.NaN, 150, 250));
    }

    @Test
    void shouldKeepBothPartsOfACostFromBeingNegative() {
        assertThat(Line.through(new double[] {1, 3}, new double[] {5, 3})).isEqualTo(new Line(4, 0));
        assertThat(Line.through(new double[] {1, 3}, new double[] {1, 5}).fixed())
                .isZero();
        assertThat(Line.through(new double[] {1, 3}, new double[] {5, 9})).isEqualTo(new Line(3, 2));
    }

    @Test
    void shouldCheckTheModelAgainstTheLastRoundWhenThereAreMore() {
        final List<Sample> first = List.of(sample(16, 12, 8), sample(256, 10, 30));
        final List<Sample> last = List.of(sample(16, 24, 8), sample(256, 10, 30));

        final List<Findings.Fit> fits = findings(List.of(first, last)).fits(CORES);

        assertThat(fits).hasSize(2);
        assertThat(fits.get(0).measured()).isEqualTo(last.get(0).perSecond());
        assertThat(fits.get(0).ratio()).as("the first round's loop cost half").isGreaterThan(1.2);
        assertThat(fits.get(1).ratio()).as("nothing changed").isBetween(0.9, 1.1);
        assertThat(findings(List.of(last)).fits(CORES).get(0).ratio())
                .isLessThan(fits.get(0).ratio());
    }

    @Test
    void shouldTakeTheCostsOfTheConnectionsThatGotMost() {
        final Findings findings = findings(List.of(List.of(sample(16, 12, 8), sample(256, 10, 30))));

        assertThat(findings.bestConnections()).isEqualTo(256);
        assertThat(findings.rows()).extracting(Findings.Row::cores).containsExactly(2, 16);
        assertThat(findings.rows().get(1).byDefault().eventLoops()).isEqualTo(8);
        assertThat(findings.turn().batchRecordsMax()).isCloseTo(DiskTimes.LARGE_LENGTH / 250.0, CLOSE);
    }

    private static Findings findings(final List<List<Sample>> rounds) {
        final ScalePlan plan = new ScalePlan(
                List.of(16, 256),
                rounds.size(),
                new ScalePlan.Pace(Duration.ofSeconds(1), Duration.ZERO),
                List.of(2, 16),
                Path.of("."));
        return new Findings(plan, rounds, new DiskTimes(100, 400), 500);
    }
}
