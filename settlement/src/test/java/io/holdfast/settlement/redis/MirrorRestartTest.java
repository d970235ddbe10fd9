package io.holdfast.settlement.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.embedded.EmbeddedRedis;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis ends and starts again, with nothing in it, or asks for a password. */
class MirrorRestartTest {
    @Test
    void shouldRebuildWhenRedisStartsAgainOnTheSamePort(@TempDir final Path directory) throws Exception {
        EmbeddedRedis server = EmbeddedRedis.start(directory.resolve("redis"));
        try (MirrorRun run = new MirrorRun(directory.resolve("data"), server.port())) {
            run.log.run("create berlin GA=5", "place h1 berlin alice GA:1");
            run.settle();
            server.close();
            run.log.run("place h2 berlin bob GA:1");
            run.stepUntilAway();
            server = EmbeddedRedis.start(directory.resolve("redis"), run.port);
            run.reconnect();

            run.settle();
        } finally {
            server.close();
        }
    }

    @Test
    void shouldUsePasswordAndDatabaseOfTheUrlAndNameNeither(@TempDir final Path directory) throws Exception {
        try (EmbeddedRedis server = EmbeddedRedis.start(directory.resolve("redis"));
                PlainRedis redis = new PlainRedis(server.port());
                MirrorRun run = new MirrorRun(directory.resolve("data"), server.port())) {
            run.log.run("create berlin GA=5", "place h1 berlin alice GA:1");
            redis.ask("ACL", "SETUSER", "holdfast", "on", ">se:cret", "~holdfast:*", "+@all");
            redis.ask("CONFIG", "SET", "requirepass", "other");
            final MirrorConfig config =
                    new MirrorConfig("redis://holdfast:se%3Acret@127.0.0.1:" + server.port() + "/3");
            redis.ask("SELECT", "3");

            try (MirrorFollower mirror = new MirrorFollower(run.log.log(), config, run::logicalNowMs)) {
                Awaitility.await().pollInSameThread().untilAsserted(() -> {
                    assertThat(MirrorRun.step(mirror)).isEmpty();
                    assertThat(redis.keys("holdfast:hold:*")).hasSize(1);
                });
            }

            assertThat(config).hasToString("redis://127.0.0.1:" + server.port() + "/3");
        }
    }

    @Test
    void shouldSayHowAUrlIsWrittenWhenItIsNone() {
        assertThatThrownBy(() -> new MirrorConfig("http://localhost:6379")).hasMessageContaining("redis://");
        assertThatThrownBy(() -> new MirrorConfig("redis://localhost")).hasMessageContaining("HOST:PORT");
        assertThatThrownBy(() -> new MirrorConfig("redis://localhost:1/x")).hasMessageContaining("a number");
    }
}
