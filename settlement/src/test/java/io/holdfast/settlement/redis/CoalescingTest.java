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
        assertThat(pace.records(500_000_001, 6_500)).isEqualTo(100);
        pace.wrote(100);
        assertThat(pace.records(505_000_001, 6_700)).isZero();
        assertThat(pace.records(515_000_001, 6_710)).isEqualTo(60);
        assertThat(pace.records(535_000_001, 6_720)).isEqualTo(100);
        pace.wrote(250);
        assertThat(pace.records(560_000_001, 6_740)).isZero();
        assertThat(pace.records(750_000_001, 6_800)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void shouldWriteLessTheFasterTheLogGrowsButNeverNothing() {
        final RushPace pace = new RushPace(10_000);
        pace.records(1, 0);

        assertThat(recordsIn15Ms(pace, 1_000_000_001, 14_000)).isEqualTo(90);
        assertThat(recordsIn15Ms(pace, 2_000_000_001L, 31_000)).isEqualTo(45);
        assertThat(recordsIn15Ms(pace, 3_000_000_001L, 131_000)).isZero();
        assertThat(pace.records(3_055_000_001L, 131_000)).isEqualTo(27);
        assertThat(pace.isRush()).isTrue();
    }

    private static int recordsIn15Ms(final RushPace pace, final long nowNs, final long endSequence) {
        pace.wrote(pace.records(nowNs, endSequence));
        return pace.records(nowNs + 15_000_000, endSequence);
    }

    @Test
    void shouldBeQuietOnlyWhileNothingIsRecorded() {
        final RushPace pace = new RushPace(10_000);
        pace.records(1, 7);

        pace.records(300_000_001, 7);
        assertThat(pace.isQuiet()).isTrue();
        pace.records(600_000_001, 8);
        assertThat(pace.isQuiet()).isFalse();
        pace.records(900_000_001, 8);
        assertThat(pace.isQuiet()).isTrue();
    }

    @Test
    void shouldNeverStopForGoodHoweverLittleItMayWrite() {
        final RushPace pace = new RushPace(1);
        pace.records(1, 0);

        assertThat(pace.records(1_000_000_001, 5_000)).isZero();
        assertThat(pace.records(31_000_000_001L, 150_000)).isEqualTo(1);
        pace.wrote(1);
        assertThat(pace.records(32_000_000_001L, 155_000)).isZero();
        assertThat(pace.records(60_000_000_001L, 300_000)).isEqualTo(1);
        assertThat(pace.isRush()).isTrue();
    }
}
