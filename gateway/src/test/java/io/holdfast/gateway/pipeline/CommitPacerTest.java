package io.holdfast.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommitPacerTest {
    private static final long REST_NS = 200_000;
    private static final long INTERVAL_NS = 500_000;

    private final CommitPacer pacer = new CommitPacer(REST_NS, INTERVAL_NS, 6);

    private long nowNs = Long.MIN_VALUE + 7;

    private void commit(final int times, final int records, final long everyNs) {
        for (int i = 0; i < times; i++) {
            nowNs += everyNs;
            pacer.onCommit(records, nowNs);
        }
    }

    @Test
    void shouldCommitAtOnceAtFirstAndWhileTheLoadIsLight() {
        assertThat(pacer.napNs(nowNs)).isZero();
        commit(100, 1, 500_000);

        assertThat(pacer.napNs(nowNs)).isZero();
    }

    @Test
    void shouldRestAfterEachCommitWhileSomeRecordsCome() {
        commit(100, 1, 200_000);

        assertThat(pacer.napNs(nowNs + 50_000)).isEqualTo(REST_NS - 50_000);
        assertThat(pacer.napNs(nowNs + REST_NS)).isZero();
    }

    /** 1,100 records a second: two close behind each other, then none for a while. */
    @Test
    void shouldNotTakeUnevenGapsForALoad() {
        for (int i = 0; i < 100; i++) {
            commit(1, 1, 1_650_000);
            commit(1, 1, 150_000);
            assertThat(pacer.napNs(nowNs)).isZero();
        }
    }

    @Test
    void shouldSeeALoadThatBeginsAfterAPause() {
        commit(100, 1, 1_000_000_000);
        assertThat(pacer.napNs(nowNs)).isZero();

        commit(60, 1, 200_000);

        assertThat(pacer.napNs(nowNs)).isEqualTo(REST_NS);
    }

    @Test
    void shouldRestNoLongerThanTheIntervalUnderLoad() {
        final CommitPacer brisk = new CommitPacer(REST_NS, 100_000, 6);
        for (int i = 1; i <= 100; i++) {
            brisk.onCommit(1, i * 200_000L);
        }

        assertThat(brisk.napNs(100 * 200_000L)).isEqualTo(100_000);
    }

    @Test
    void shouldWaitForTheRestOfTheIntervalUnderLoad() {
        commit(100, 20, 150_000);

        assertThat(pacer.napNs(nowNs + 100_000)).isEqualTo(INTERVAL_NS - 100_000);
        assertThat(pacer.napNs(nowNs + INTERVAL_NS + 1)).isZero();
    }

    @Test
    void shouldNotMakeTheFirstAfterAPauseWait() {
        commit(100, 20, 150_000);

        assertThat(pacer.napNs(nowNs + 1_000_000_000)).isZero();
    }

    @Test
    void shouldCommitAtOnceAgainOnceTheLoadIsLight() {
        commit(100, 20, 150_000);
        commit(60, 1, 500_000);

        assertThat(pacer.napNs(nowNs)).isZero();
    }

    @Test
    void shouldNeverWaitWhenToldNotTo() {
        final CommitPacer off = new CommitPacer(REST_NS, 0, 1);
        off.onCommit(8_192, 1);

        assertThat(off.napNs(2)).isZero();
    }
}
