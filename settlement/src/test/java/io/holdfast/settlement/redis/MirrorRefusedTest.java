package io.holdfast.settlement.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Command;
import io.holdfast.settlement.follow.FollowerStatus.Condition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Redis answers, but with a refusal: the mirror says which, loses nothing, and leaves no connection behind. */
class MirrorRefusedTest extends MirrorFixture {
    MirrorRefusedTest() {
        super("create berlin GA=5000@4500 EUR", "place h1 berlin alice GA:2", "place h2 berlin bob GA:1");
    }

    private static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("maxmemory", List.of("CONFIG SET maxmemory 1"), List.of("CONFIG SET maxmemory 0")),
                Arguments.of("READONLY", List.of("REPLICAOF 127.0.0.1 1"), List.of("REPLICAOF NO ONE")),
                Arguments.of(
                        "NOPERM", List.of("ACL SETUSER default -evalsha"), List.of("ACL SETUSER default +evalsha")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void shouldSayWhatIsRefusedAndLoseNothing(final String word, final List<String> fault, final List<String> cure) {
        run.settle();
        ask(fault);
        for (int i = 100; i < 1_700; i++) {
            run.log.add(Command.of("place h" + i + " berlin buyer-" + i + " GA:1"));
        }
        run.log.run("release h1");

        final String why = run.stepUntilAway();
        run.log.run("release h2", "release h100");
        ask(cure);
        assertThat(why).contains(word).doesNotContain("params").doesNotContain("\n");

        run.settle();
    }

    private void ask(final List<String> commands) {
        commands.forEach(command -> run.redis().ask(command.split(" ")));
    }

    @Test
    void shouldLoadItsScriptsAgainWhenTheyWereFlushed() {
        run.settle();
        run.redis().ask("SCRIPT", "FLUSH");
        run.log.run("release h1");
        assertThat(run.stepUntilAway()).contains("NOSCRIPT");

        run.settle();
    }

    @Test
    void shouldLeaveNoConnectionBehindWhenRedisWasBusy() {
        run.redis().ask("CONFIG", "SET", "lua-time-limit", "10");
        final CompletableFuture<Void> script = CompletableFuture.runAsync(() -> {
            try (PlainRedis another = new PlainRedis(server.port())) {
                another.ask("EVAL", "while true do end", "0");
            } catch (final IllegalStateException e) {
                assertThat(e).hasMessageContaining("killed");
            }
        });
        Awaitility.await().until(this::isBusy);
        for (int i = 0; i < 2; i++) {
            assertThat(run.stepUntilAway()).isNotEmpty();
        }
        run.redis().ask("SCRIPT", "KILL");
        script.join();

        run.settle();

        Awaitility.await().untilAsserted(() -> assertThat(mirrorConnections()).isEqualTo(1));
        assertThat(run.mirror().status().condition()).isEqualTo(Condition.FOLLOWING);
    }

    private boolean isBusy() {
        try {
            run.redis().ask("GET", "x");
            return false;
        } catch (final IllegalStateException e) {
            return e.getMessage().startsWith("BUSY");
        }
    }

    private long mirrorConnections() {
        return ((String) run.redis().ask("CLIENT", "LIST"))
                .lines()
                .filter(line -> line.contains("name=holdfast-mirror"))
                .count();
    }

    @Test
    void shouldLeaveNothingBehindWhenItConnectsOverAndOver() {
        run.settle();
        final Map<Thread, StackTraceElement[]> before = Thread.getAllStackTraces();

        for (int i = 0; i < 25; i++) {
            run.redis().ask("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            run.log.run("place h" + (100 + i) + " berlin buyer-" + i + " GA:1");
            run.stepUntilAway();
            run.follow();
        }

        Awaitility.await().untilAsserted(() -> assertThat(mirrorConnections()).isEqualTo(1));
        assertThat(Thread.getAllStackTraces().size()).isLessThan(before.size() + 10);
        run.settle();
    }
}
