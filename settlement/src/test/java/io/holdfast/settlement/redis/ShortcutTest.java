package io.holdfast.settlement.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShortcutTest {
    private final Shortcut shortcut = new Shortcut(0);

    @Test
    void shouldBeLookedForOnceInTenSecondsByWhoIsFarBehind() {
        assertThat(isLookedFor(9, Shortcut.FAR_BEHIND, false)).isFalse();
        assertThat(isLookedFor(10, Shortcut.FAR_BEHIND - 1, false)).isFalse();
        assertThat(isLookedFor(10, Shortcut.FAR_BEHIND, false)).isTrue();
        assertThat(isLookedFor(19, Shortcut.FAR_BEHIND, false)).isFalse();
        assertThat(isLookedFor(20, Shortcut.FAR_BEHIND, false)).isTrue();
    }

    @Test
    void shouldWaitForTenSecondsWithoutARush() {
        assertThat(isLookedFor(60, 2_000_000, true)).isFalse();
        assertThat(isLookedFor(69, 2_000_000, false)).isFalse();
        assertThat(isLookedFor(70, 2_000_000, false)).isTrue();
    }

    @Test
    void shouldNotWaitForTheEndOfARushWhenVeryFarBehind() {
        assertThat(isLookedFor(60, Shortcut.FAR_BEHIND_IN_RUSH - 1, true)).isFalse();
        assertThat(isLookedFor(60, Shortcut.FAR_BEHIND_IN_RUSH, true)).isTrue();
        assertThat(isLookedFor(61, Shortcut.FAR_BEHIND_IN_RUSH, true)).isFalse();
    }

    @Test
    void shouldBeShorterOnlyWhereItSkipsMuch() {
        assertThat(Shortcut.isShorter(Shortcut.FAR_BEHIND / 2)).isFalse();
        assertThat(Shortcut.isShorter(Shortcut.FAR_BEHIND / 2 + 1)).isTrue();
    }

    private boolean isLookedFor(final int seconds, final long behind, final boolean isRush) {
        return shortcut.isToBeLookedFor(TimeUnit.SECONDS.toNanos(seconds), behind, isRush);
    }
}
