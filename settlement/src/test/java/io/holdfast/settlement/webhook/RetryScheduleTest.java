package io.holdfast.settlement.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static final long MINUTE_MS = TimeUnit.MINUTES.toMillis(1);

    private final RetrySchedule schedule = new RetrySchedule(() -> 0.5);

    @Test
    void shouldWaitLongerAndLongerWhenAMessageFailsAgainAndAgain() {
        final List<Long> delays = new ArrayList<>();
        for (int failures = 0; failures < 8; failures++) {
            delays.add(schedule.delayMs(failures, 0, false));
        }

        assertThat(delays)
                .containsExactly(
                        5_000L,
                        30_000L,
                        2 * MINUTE_MS,
                        10 * MINUTE_MS,
                        60 * MINUTE_MS,
                        240 * MINUTE_MS,
                        240 * MINUTE_MS,
                        240 * MINUTE_MS);
    }

    @Test
    void shouldScatterRetriesWhenMessagesFailTogether() {
        final SplittableRandom random = new SplittableRandom(7);
        final RetrySchedule jittered = new RetrySchedule(random::nextDouble);

        for (int i = 0; i < 1_000; i++) {
            assertThat(jittered.delayMs(1, 0, false)).isBetween(24_000L, 36_000L);
        }
        assertThat(new RetrySchedule(() -> 0).delayMs(1, 0, false)).isEqualTo(24_000);
    }

    @Test
    void shouldGiveUpWhenThreeDaysHavePassedAndNotBefore() {
        long sinceFirstMs = 0;
        int failures = 0;
        while (!schedule.isOver(sinceFirstMs)) {
            sinceFirstMs += schedule.delayMs(failures++, sinceFirstMs, false);
        }

        assertThat(sinceFirstMs).isEqualTo(TimeUnit.DAYS.toMillis(3));
        assertThat(failures).isBetween(20, 25);
    }

    @Test
    void shouldLookAgainSoonWhenTheTargetIsAway() {
        assertThat(schedule.delayMs(9, 0, true)).isEqualTo(MINUTE_MS);
        assertThat(schedule.delayMs(0, 0, true)).isEqualTo(5_000);
    }
}
