package io.holdfast.settlement.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The latest state of a hold is written once; one that came and went is not written at all. */
class CoalescingTest {
    private final PendingHolds pending = new PendingHolds();
    private final HoldText text = new HoldText();

    @Test
    void shouldSkipHoldWhenItEndedBeforeItWasWritten() {
        pending.live(1, 1, text, true);
        pending.live(1, 1, text, false);
        pending.ended(1, 1);

        assertThat(pending.kind(0)).isEqualTo(PendingHolds.Kind.NOTHING);
        assertThat(pending.skipped()).isEqualTo(3);
    }

    @Test
    void shouldDeleteHoldWhenItMayHaveBeenWritten() {
        pending.live(1, 1, text, true);
        pending.mayBeWritten();
        pending.ended(1, 1);

        assertThat(pending.kind(0)).isEqualTo(PendingHolds.Kind.DELETE);
    }

    @Test
    void shouldDeleteHoldWhenItWasWrittenBefore() {
        pending.live(1, 1, text, false);
        pending.ended(1, 1);

        assertThat(pending.count()).isEqualTo(1);
        assertThat(pending.kind(0)).isEqualTo(PendingHolds.Kind.DELETE);
    }

    @Test
    void shouldHaveNoRoomWhenFull() {
        for (int i = 0; i < PendingHolds.ENTRIES_MAX; i++) {
            pending.ended(1, i);
        }

        assertThat(pending.hasRoom(1)).isFalse();
        pending.clear();
        assertThat(pending.hasRoom(1)).isTrue();
    }

    @Test
    void shouldHoldBackWhileTheLogGrowsFasterThanItMayWrite() {
        final RushPace pace = new RushPace(10_000);
        pace.records(1, 0);

        assertThat(pace.records(250_000_001, 2_500)).isEqualTo(Integer.MAX_VALUE);
        assertThat(pace.records(500_000_001, 22_500)).isEqualTo(500);
        pace.wrote(500);
        assertThat(pace.records(510_000_001, 23_000)).isEqualTo(100);
        pace.wrote(150);
        assertThat(pace.records(511_000_001, 23_100)).isZero();
        assertThat(pace.records(750_000_001, 23_200)).isEqualTo(Integer.MAX_VALUE);
    }
}
