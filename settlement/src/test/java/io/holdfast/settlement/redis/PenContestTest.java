package io.holdfast.settlement.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long a mirror rests that another server takes the pen from. */
class PenContestTest {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final PenContest contest = new PenContest();
    private long nowNs = Long.MAX_VALUE - 10 * SECOND_NS;

    @Test
    void shouldNotRestWhenThePenIsLostForTheFirstTime() {
        contest.lost(nowNs);

        assertThat(contest.isResting(nowNs)).isFalse();
    }

    @Test
    void shouldRestTwiceAsLongEachTimeUpToAMinute() {
        contest.lost(nowNs);

        for (final int restSeconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            contest.lost(nowNs);
            nowNs += restSeconds * SECOND_NS;
            assertThat(contest.isResting(nowNs - 1)).isTrue();
            assertThat(contest.isResting(nowNs)).isFalse();
        }
    }

    @Test
    void shouldTakeThePenBackAtOnceWhenItWasHeldForLong() {
        contest.lost(nowNs);
        contest.lost(nowNs);
        nowNs += 122 * SECOND_NS;

        contest.lost(nowNs);

        assertThat(contest.isResting(nowNs)).isFalse();
    }
}
