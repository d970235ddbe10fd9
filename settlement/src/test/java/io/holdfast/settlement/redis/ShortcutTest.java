package io.holdfast.settlement.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShortcutTest {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final Shortcut shortcut = new Shortcut(0);

    @Test
    void shouldBeLookedForOnceInTenSecondsByWhoIsFarBehind() {
        assertThat(shortcut.isToBeLookedFor(9 * SECOND_NS, Shortcut.FAR_BEHIND, false))
                .isFalse();
        assertThat(shortcut.isToBeLookedFor(10 * SECOND_NS, Shortcut.FAR_BEHIND - 1, false))
                .isFalse();
        assertThat(shortcut.isToBeLookedFor(10 * SECOND_NS, Shortcut.FAR_BEHIND, false))
                .isTrue();
        assertThat(shortcut.isToBeLookedFor(19 * SECOND_NS, Shortcut.FAR_BEHIND, false))
                .isFalse();
        assertThat(shortcut.isToBeLookedFor(20 * SECOND_NS, Shortcut.FAR_BEHIND, false))
                .isTrue();
    }

    @Test
    void shouldWaitForTenSecondsWithoutARush() {
        assertThat(shortcut.isToBeLookedFor(60 * SECOND_NS, 2_000_000, true)).isFalse();
        assertThat(shortcut.isToBeLookedFor(69 * SECOND_NS, 2_000_000, false)).isFalse();
        assertThat(shortcut.isToBeLookedFor(70 * SECOND_NS, 2_000_000, false)).isTrue();
    }

    @Test
    void shouldNotWaitForTheEndOfARushWhenVeryFarBehind() {
        assertThat(shortcut.isToBeLookedFor(60 * SECOND_NS, Shortcut.FAR_BEHIND_IN_RUSH - 1, true))
                .isFalse();
        assertThat(shortcut.isToBeLookedFor(60 * SECOND_NS, Shortcut.FAR_BEHIND_IN_RUSH, true))
                .isTrue();
        assertThat(shortcut.isToBeLookedFor(61 * SECOND_NS, Shortcut.FAR_BEHIND_IN_RUSH, true))
                .isFalse();
    }

    @Test
    void shouldBeShorterOnlyWhereItSkipsMuch() {
        assertThat(Shortcut.isShorter(Shortcut.FAR_BEHIND / 2)).isFalse();
        assertThat(Shortcut.isShorter(Shortcut.FAR_BEHIND / 2 + 1)).isTrue();
    }
}
