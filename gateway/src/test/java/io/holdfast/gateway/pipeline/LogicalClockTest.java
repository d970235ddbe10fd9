package io.holdfast.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Faults 25, 26 and 27. */
class LogicalClockTest {
    private final AtomicLong wallMs = new AtomicLong(1_000_000);
    private final AtomicLong nanos = new AtomicLong(77);

    @Test
    void shouldFollowTheMonotonicClockWhenTheWallClockIsPutBack() {
        final LogicalClock clock = new LogicalClock(0, wallMs::get, nanos::get);

        wallMs.set(500_000);
        nanos.addAndGet(5_000_000);

        assertThat(clock.nowMs()).isEqualTo(1_000_005);
        assertThat(clock.driftMs()).isEqualTo(500_005);
    }

    @Test
    void shouldNotJumpWhenTheWallClockIsPutForwardADay() {
        final LogicalClock clock = new LogicalClock(0, wallMs::get, nanos::get);

        wallMs.addAndGet(86_400_000);

        assertThat(clock.nowMs()).isEqualTo(1_000_000);
    }

    @Test
    void shouldBeginAtTheJournalsTimeWhenTheWallClockIsBehindIt() {
        final LogicalClock clock = new LogicalClock(2_000_000, wallMs::get, nanos::get);

        nanos.addAndGet(1_000_000);

        assertThat(clock.nowMs()).isEqualTo(2_000_001);
    }
}
