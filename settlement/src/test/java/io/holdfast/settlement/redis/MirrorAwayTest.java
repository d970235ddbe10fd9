package io.holdfast.settlement.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Command;
import io.holdfast.settlement.ChaosProxy;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Redis down, paused, black-holed: the mirror says so, keeps its place, and comes back by itself. */
class MirrorAwayTest extends MirrorFixture {
    private ChaosProxy proxy;

    private void through() throws IOException {
        proxy = ChaosProxy.to(server.port());
        run.restartMirror(proxy.port());
    }

    @AfterEach
    void endProxy() throws IOException {
        if (proxy != null) {
            proxy.close();
        }
    }

    @Test
    void shouldGoOnWhereItWasWhenConnectionIsCut() throws IOException {
        through();
        run.settle();
        proxy.cut();
        run.log.run("place h3 berlin carol GA:1", "release h1");
        run.stepUntilAway();
        proxy.heal();

        run.settle();

        assertThat(run.mirror().figures().resyncs()).isEqualTo(1);
    }

    @Test
    void shouldSayWhatIsWrongAndComeBackWhenNothingIsAnswered() throws IOException {
        through();
        run.settle();
        proxy.stall();
        run.log.run("place h3 berlin carol GA:1", "release h1");

        assertThat(run.stepUntilAway()).contains("did not answer");
        run.log.run("place h4 berlin dave GA:1", "release h3");
        assertThat(run.stepUntilAway()).contains("did not answer");

        proxy.heal();
        run.settle();
    }

    @Test
    void shouldNotResurrectAHoldWhenWritesArriveLate() throws IOException {
        through();
        run.settle();
        proxy.stall(ChaosProxy.Direction.TO_CLIENT);
        run.log.run("place h3 berlin carol GA:1");
        run.stepUntilAway();
        run.log.run("release h3");
        proxy.heal();

        run.settle();

        assertThat(run.redis().keys("holdfast:hold:*")).doesNotContain(MirrorRun.holdKey(3));
    }

    @Test
    void shouldComeBackWhenRedisWasPaused() throws Exception {
        run.settle();
        signal("-STOP");
        run.log.run("place h3 berlin carol GA:1", "release h1");
        run.stepUntilAway();
        signal("-CONT");

        run.settle();
    }

    private static void signal(final String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, Long.toString(server.pid())).start().waitFor();
    }

    @Test
    void shouldBeginWhenRedisComesLater() throws IOException {
        proxy = ChaosProxy.to(server.port());
        proxy.cut();
        run.restartMirror(proxy.port());
        run.stepUntilAway();
        run.log.run("place h3 berlin carol GA:1");
        proxy.heal();

        run.settle();
    }

    @Test
    void shouldForgetWordsAndNotGrowWhenRedisIsAwayForLong() throws IOException {
        through();
        run.settle();
        proxy.cut();
        run.log.run("create paris GA=100000");
        for (int i = 1; i <= 17_000; i++) {
            run.log.add(Command.of("place h" + (1_000 + i) + " paris buyer-" + i + " GA:1"));
        }
        run.log.commit();
        Awaitility.await().atMost(Duration.ofSeconds(60)).pollInSameThread().until(() -> {
            run.stepUntilAway();
            return run.mirror().figures().liveHolds() > 17_000;
        });
        proxy.heal();

        run.follow();

        assertThat(run.mirror().figures().resyncs()).isEqualTo(2);
        assertThat(run.redis().keys("holdfast:hold:*")).hasSize(17_002);
    }
}
