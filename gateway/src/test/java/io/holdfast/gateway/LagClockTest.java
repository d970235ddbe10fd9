package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LagClockTest {
    private long nowNs;
    private final LagClock clock = new LagClock(() -> nowNs);

    private void pass(final int seconds) {
        nowNs += TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void shouldBeZeroWhenTheFollowerIsAtTheEndHoweverLongNothingHappened() {
        clock.seconds(10, 10);
        pass(3_600);

        assertThat(clock.seconds(10, 10)).isZero();
        assertThat(clock.seconds(10, 11)).isZero();
    }

    @Test
    void shouldGrowWhileTheFollowerStandsStill() {
        clock.seconds(10, 10);
        clock.seconds(10, 20);
        pass(5);
        clock.seconds(10, 4_000);
        pass(7);

        assertThat(clock.seconds(10, 9_000)).isEqualTo(12);
    }

    @Test
    void shouldNotGrowWhenTheFollowerPassesWhatWasSeen() {
        clock.seconds(10, 20);
        pass(5);
        clock.seconds(20, 30);
        pass(1);

        assertThat(clock.seconds(25, 40)).isEqualTo(1);
    }
}
