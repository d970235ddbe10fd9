package io.holdfast.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommitPacerTest {
    private static final long INTERVAL_NS = 500_000;

    private final CommitPacer pacer = new CommitPacer(INTERVAL_NS, 6);

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
        commit(100, 2, 150_000);

        assertThat(pacer.napNs(nowNs)).isZero();
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
        commit(40, 1, 500_000);

        assertThat(pacer.napNs(nowNs)).isZero();
    }

    @Test
    void shouldNeverWaitWhenToldNotTo() {
        final CommitPacer off = new CommitPacer(0, 1);
        off.onCommit(8_192, 1);

        assertThat(off.napNs(2)).isZero();
    }
}
