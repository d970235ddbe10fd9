package io.holdfast.settlement.follow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestTest {
    private final Rest rest = new Rest(10);

    private void becomeQuiet() {
        for (int i = 0; i <= Rest.QUIET_STEPS; i++) {
            assertThat(rest.afterStepMs(false, 7)).isEqualTo(10);
        }
    }

    private static long whenIdleMs(final Rest rest) {
        for (int i = 0; i <= Rest.IDLE_STEPS; i++) {
            rest.afterStepMs(false, 7);
        }
        return rest.afterStepMs(false, 7);
    }

    @Test
    void shouldRestTwiceAsLongOnceNothingHasComeForAWhile() {
        becomeQuiet();

        assertThat(rest.afterStepMs(false, 7)).isEqualTo(20);
        assertThat(rest.afterStepMs(false, 7)).isEqualTo(20);
    }

    @Test
    void shouldRestFiveTimesAsLongOnceNothingHasComeForLong() {
        becomeQuiet();
        for (int i = Rest.QUIET_STEPS; i < Rest.IDLE_STEPS; i++) {
            assertThat(rest.afterStepMs(false, 7)).isEqualTo(20);
        }

        assertThat(rest.afterStepMs(false, 7)).isEqualTo(50);
        assertThat(rest.afterStepMs(false, 7)).isEqualTo(50);
        assertThat(rest.afterStepMs(false, 8)).isEqualTo(10);
        assertThat(rest.afterStepMs(false, 8)).isEqualTo(10);
    }

    @Test
    void shouldNotRestBeyondATenthOfASecondWhoRestsForLessByItself() {
        assertThat(whenIdleMs(new Rest(20))).isEqualTo(100);
        assertThat(whenIdleMs(new Rest(40))).isEqualTo(100);
        assertThat(whenIdleMs(new Rest(100))).isEqualTo(200);
    }

    @Test
    void shouldLookAsOftenAsBeforeAsSoonAsSomethingComes() {
        becomeQuiet();
        assertThat(rest.afterStepMs(false, 7)).isEqualTo(20);

        assertThat(rest.afterStepMs(false, 8)).isEqualTo(10);
        assertThat(rest.afterStepMs(false, 8)).isEqualTo(10);
    }

    @Test
    void shouldNotRestWhileThereIsMore() {
        becomeQuiet();

        assertThat(rest.afterStepMs(true, 7)).isZero();
        assertThat(rest.afterStepMs(false, 7)).isEqualTo(10);
    }
}
