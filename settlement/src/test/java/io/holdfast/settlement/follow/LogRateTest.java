package io.holdfast.settlement.follow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogRateTest {
    private static final long SECOND = 1_000_000_000L;

    private final LogRate rate = new LogRate();

    @Test
    void shouldTellTheGrowthOfTheLastWindow() {
        assertThat(rate.perSecond(0, 5_000_000)).isZero();
        assertThat(rate.perSecond(SECOND / 10, 5_050_000)).isZero();

        assertThat(rate.perSecond(SECOND / 2, 5_050_000)).isEqualTo(100_000);
        assertThat(rate.perSecond(SECOND / 2 + SECOND / 10, 9_000_000)).isEqualTo(100_000);
        assertThat(rate.perSecond(3 * SECOND / 2, 5_050_000)).isZero();
    }

    @Test
    void shouldCountFromAnyTimeOfTheClock() {
        final long late = Long.MAX_VALUE - SECOND / 2;
        rate.perSecond(late, 0);

        assertThat(rate.perSecond(late + SECOND, 20_000)).isEqualTo(20_000);
    }
}
