package io.holdfast.settlement.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.embedded.EmbeddedRedis;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long holds live on in Redis: to the end of hold and grace, and no longer. */
class MirrorTimeToLiveTest {
    private static EmbeddedRedis server;

    private MirrorRun run;

    @BeforeAll
    static void startRedis(@TempDir final Path directory) {
        server = MirrorRun.startRedis(directory);
    }

    @AfterAll
    static void stopRedis() {
        server.close();
    }

    @BeforeEach
    void begin(@TempDir final Path directory) {
        run = new MirrorRun(directory.resolve("data"), server.port());
        run.redis().ask("FLUSHALL");
        run.log.run(
                "create berlin GA=500@4500 VIP=20@9000 EUR", "place h1 berlin alice GA:2", "place h2 berlin bob VIP:1");
    }

    @AfterEach
    void end() {
        run.close();
    }

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
