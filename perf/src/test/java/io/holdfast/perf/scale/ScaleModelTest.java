package io.holdfast.perf.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScaleModelTest {
    private static final Turn TURN = new Turn(500, 60_000, 4_000, new Line(100, 0.1));

    /** Holds of 10 µs in an event loop and 1 µs in the writer, whose sync takes 60 µs. */
    private static Costs costs(final double loopUs, final double recordUs) {
        return new Costs(loopUs, recordUs, 60, 1, 0.5, 0.5, 8);
    }

    private static ScaleModel model() {
        return new ScaleModel(costs(10, 1), TURN);
    }

    @Test
    void shouldAddUpWhatAHoldCostsWhenCoresAreShort() {
        final Prediction prediction = model().predict(2, 2, 7.5);

        // 60 µs of each 600 go to a sync, so that 1.9 cores are left; 20 µs a hold, and deciding delays the next sync.
        assertThat(prediction.limit()).isEqualTo(Resource.CORES);
        assertThat(prediction.perSecond()).isCloseTo(1.9e6 / (20 - 0.1), within(0.1));
    }

    @Test
    void shouldCountASyncForEachHoldAtMostWhenSyncsCostMoreThanNapAndDisk() {
        final ScaleModel model = new ScaleModel(costs(10, 1), new Turn(0, 60_000, 4_000, new Line(50, 0.1)));

        assertThat(model.predict(1, 1, 7.5).capacities().get(Resource.CORES)).isCloseTo(1e6 / 80, within(0.1));
    }

    @Test
    void shouldGiveEveryRecordOfATurnItsShareOfTheNapWhenTheWriterIsBusy() {
        final Prediction prediction = model().predict(64, 32, 0);

        // 60,000 records: 500 µs of nap, 1 µs each to decide, and 500 µs of sync for each 4,000 of them.
        assertThat(prediction.limit()).isEqualTo(Resource.WRITER);
        assertThat(prediction.perSecond()).isCloseTo(60_000 / (500.0 + 60_000 + 15 * 500) * 1e6, within(0.1));
    }

    static Stream<Arguments> limits() {
        final Turn slowDisk = new Turn(500, 60_000, 4_000, new Line(40_000, 0.1));
        return Stream.of(
                Arguments.of(new ScaleModel(costs(10, 1), TURN), 4, 1, Resource.EVENT_LOOPS),
                Arguments.of(new ScaleModel(costs(10, 1), TURN), 4, 4, Resource.CORES),
                Arguments.of(new ScaleModel(costs(10, 1), TURN), 64, 32, Resource.WRITER),
                Arguments.of(new ScaleModel(costs(10, 9), TURN), 4, 2, Resource.WRITER),
                Arguments.of(new ScaleModel(costs(10, 1), slowDisk), 4, 4, Resource.DISK));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void shouldNameWhatIsShortWhenSomethingIs(
            final ScaleModel model, final int cores, final int loops, final Resource limit) {
        assertThat(model.predict(cores, loops, 0).limit()).isEqualTo(limit);
    }

    @Test
    void shouldGrantNoFewerWhenThereIsMore() {
        double before = 0;
        for (int cores = 1; cores <= 128; cores++) {
            final double now = model().predict(cores, Math.max(1, cores / 2), 0).perSecond();
            assertThat(now).as("%s cores", cores).isGreaterThanOrEqualTo(before);
            assertThat(model().predict(cores, cores, 0).perSecond()).isGreaterThanOrEqualTo(now);
            before = now;
        }
    }

    @Test
    void shouldGrantNoMoreWhenSomethingCostsMore() {
        for (int cores = 1; cores <= 64; cores *= 2) {
            final double now = model().predict(cores, cores, 1).perSecond();

            assertThat(model().predict(cores, cores, 2).perSecond()).isLessThanOrEqualTo(now);
            assertThat(new ScaleModel(costs(11, 1), TURN)
                            .predict(cores, cores, 1)
                            .perSecond())
                    .isLessThanOrEqualTo(now);
            assertThat(new ScaleModel(costs(10, 1.1), TURN)
                            .predict(cores, cores, 1)
                            .perSecond())
                    .isLessThanOrEqualTo(now);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "4, 3", "8, 6", "16, 9", "64, 9"})
    void shouldChooseNoMoreEventLoopsThanGrantMore(final int cores, final int loops) {
        assertThat(model().best(cores, 1).eventLoops()).isEqualTo(loops);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 0", "-1, 1, 0", "NaN, 1, 0", "Infinity, 1, 0", "2, 0, 0", "2, 1, -1", "2, 1, NaN"})
    void shouldRefuseAMachineThatIsNone(final double cores, final int loops, final double besideUs) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model().predict(cores, loops, besideUs))
                .withMessageContaining("cores");
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "-1, 1, 1", "NaN, 1, 1", "1, Infinity, 1", "1, 0, 0"})
    void shouldRefuseCostsThatCannotBe(final double loopUs, final double recordUs, final double syncUs) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Costs(loopUs, recordUs, syncUs, 0, 0, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({"-1, 10, 1, 1", "1, 1, 10, 1", "1, 10, 0, 1", "NaN, 10, 1, 1", "1, 10, 1, 0", "1, 10, 1, -1"})
    void shouldRefuseATurnThatCannotBe(
            final double napUs, final double recordsMax, final double batchMax, final double syncUs) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Turn(napUs, recordsMax, batchMax, new Line(syncUs, 0)));
    }
}
