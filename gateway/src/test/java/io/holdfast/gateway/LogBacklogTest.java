package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LogBacklogTest {
    private long nowNs;
    private long followed = 10;
    private long end = 10;
    private final LogBacklog backlog = new LogBacklog(() -> followed, () -> end, () -> nowNs);

    private void pass(final int seconds) {
        nowNs += TimeUnit.SECONDS.toNanos(seconds);
    }

    private void see(final long followerSequence, final long endSequence) {
        followed = followerSequence;
        end = endSequence;
        backlog.seconds();
    }

    @Test
    void shouldBeEmptyWhenTheFollowerIsAtTheEndHoweverLongNothingHappened() {
        see(10, 10);
        pass(3_600);
        see(10, 10);

        assertThat(backlog.seconds()).isZero();
        assertThat(backlog.records()).isZero();
    }

    @Test
    void shouldBeNewWhenSomethingHappensAfterALongRest() {
        see(10, 10);
        pass(3_600);
        see(10, 10);

        end = 11;

        assertThat(backlog.seconds()).isZero();
        assertThat(backlog.records()).isEqualTo(1);
    }

    @Test
    void shouldGrowOldWhileTheFollowerStandsStill() {
        see(10, 10);
        see(10, 20);
        pass(5);
        see(10, 4_000);
        pass(7);
        end = 9_000;

        assertThat(backlog.seconds()).isEqualTo(12);
        assertThat(backlog.records()).isEqualTo(8_990);
    }

    @Test
    void shouldGrowYoungerWhenTheFollowerPassesWhatWasSeen() {
        see(10, 20);
        pass(5);
        see(20, 30);
        pass(1);
        followed = 25;

        assertThat(backlog.seconds()).isEqualTo(1);
    }
}
