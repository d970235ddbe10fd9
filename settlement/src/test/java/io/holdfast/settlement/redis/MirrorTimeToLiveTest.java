package io.holdfast.settlement.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How long holds live on in Redis: to the end of hold and grace, and no longer. */
class MirrorTimeToLiveTest extends MirrorFixture {
    @Test
    void shouldLiveToEndOfHoldAndGraceWhenPlaced() {
        run.settle();

        assertThat(run.redis().ttlMs(MirrorRun.holdKey(1))).isBetween(290_000L, 315_000L);
    }

    @Test
    void shouldLiveLongerWhenExtended() {
        run.settle();
        run.log.run("extend h1 600");

        run.settle();

        assertThat(run.redis().ttlMs(MirrorRun.holdKey(1))).isBetween(590_000L, 615_000L);
        assertThat(run.redis().ttlMs(MirrorRun.holdKey(2))).isBetween(290_000L, 315_000L);
    }

    @Test
    void shouldLiveAMinuteFromTheStartWhenServerStartsAgain() {
        run.log.run("create short GA=5 hold=2 grace=1", "place h3 short alice GA:1", "place h4 short bob GA:1");
        run.log.restart();

        run.restartMirror().settle();

        assertThat(run.redis().ttlMs(MirrorRun.holdKey(3))).isBetween(50_000L, 60_000L);
        assertThat(run.redis().ttlMs(MirrorRun.holdKey(1))).isBetween(290_000L, 315_000L);
    }

    @Test
    void shouldLiveAMinuteFromTheStartWhenMirrorHearsOfItWhileItFollows() {
        run.log.run("create short GA=5 hold=20 grace=1", "place h3 short alice GA:1");
        run.settle();
        run.log.run("start 2");

        run.settle();

        assertThat(run.redis().ttlMs(MirrorRun.holdKey(3))).isBetween(50_000L, 60_000L);
    }

    @Test
    void shouldKeepTheMinuteWhenAnExtensionIsShorter() {
        run.log.run("create short GA=5 hold=2 grace=1", "place h3 short alice GA:1", "start 2", "extend h3 5");

        run.settle();

        assertThat(run.redis().ttlMs(MirrorRun.holdKey(3))).isBetween(50_000L, 60_000L);
    }
}
