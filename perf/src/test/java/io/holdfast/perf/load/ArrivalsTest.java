package io.holdfast.perf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArrivalsTest {
    private static final long WINDOW_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int COUNT = 50_000;

    @ParameterizedTest
    @EnumSource(Arrivals.class)
    void shouldComeAllInWindowAndTheSameForTheSameSeed(final Arrivals shape) {
        final ArrivalTimes times = shape.times(COUNT, WINDOW_NS, 7);
        final ArrivalTimes again = shape.times(COUNT, WINDOW_NS, 7);

        assertThat(times.count()).isEqualTo(COUNT);
        assertThat(times.countBefore(WINDOW_NS)).isEqualTo(COUNT);
        for (int i = 0; i < COUNT; i++) {
            assertThat(times.at(i)).isEqualTo(again.at(i)).isGreaterThanOrEqualTo(i == 0 ? 0 : times.at(i - 1));
        }
    }

    @Test
    void shouldComeAtEqualDistancesWhenUniform() {
        final ArrivalTimes times = Arrivals.UNIFORM.atRate(5_000, SECOND_NS, 1);

        assertThat(times.count()).isEqualTo(5_000);
        assertThat(times.at(1)).isEqualTo(200_000);
        assertThat(times.at(4_999)).isEqualTo(4_999 * 200_000L);
    }

    /** In a Poisson process the count of an interval varies by its own square root. */
    @Test
    void shouldVaryAsCountsDoWhenPoisson() {
        final ArrivalTimes times = Arrivals.POISSON.times(COUNT, WINDOW_NS, 3);

        double squares = 0;
        final int intervals = 1_000;
        final double expected = (double) COUNT / intervals;
        for (int i = 0; i < intervals; i++) {
            final int count =
                    times.countBefore((i + 1) * WINDOW_NS / intervals) - times.countBefore(i * WINDOW_NS / intervals);
            squares += (count - expected) * (count - expected);
        }

        assertThat(squares / intervals).isBetween(0.8 * expected, 1.2 * expected);
    }

    @Test
    void shouldComeHalfInFirstThirtiethAndFewerEachSecondWhenSpike() {
        final ArrivalTimes times = Arrivals.SPIKE.times(COUNT, WINDOW_NS, 3);

        final int first = times.countBefore(SECOND_NS);
        final int second = times.countBefore(2 * SECOND_NS) - first;
        final int last = COUNT - times.countBefore(29 * SECOND_NS);

        assertThat(first).isBetween((int) (0.49 * COUNT), (int) (0.54 * COUNT));
        assertThat(second).isBetween((int) (0.15 * COUNT), (int) (0.2 * COUNT));
        assertThat(last).isBetween(1, (int) (0.005 * COUNT));
    }

    @Test
    void shouldFollowWarmUpWhenPutBehindIt() {
        final ArrivalTimes both =
                Arrivals.UNIFORM.times(2, SECOND_NS, 1).then(SECOND_NS, Arrivals.UNIFORM.times(2, SECOND_NS, 1));

        assertThat(both.count()).isEqualTo(4);
        assertThat(both.at(2)).isEqualTo(SECOND_NS);
        assertThat(both.countBefore(SECOND_NS)).isEqualTo(2);
    }

    @Test
    void shouldRefuseMoreThanItsMaximum() {
        assertThatThrownBy(() -> Arrivals.UNIFORM.atRate(1e6, TimeUnit.HOURS.toNanos(1), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Arrivals.UNIFORM.times(0, SECOND_NS, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
