package io.holdfast.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

final class EmbeddedRedisTest {
    @TempDir
    private Path directory;

    @Test
    void shouldComeUpEmptyWhenStartedAgainOnTheSamePort() throws Exception {
        final int port;
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory);
                Jedis client = new Jedis("127.0.0.1", redis.port())) {
            port = redis.port();
            client.set("key", "value");
            assertThat(client.get("key")).isEqualTo("value");
        }

        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, port);
                Jedis client = new Jedis("127.0.0.1", redis.port())) {
            assertThat(redis.port()).isEqualTo(port);
            assertThat(client.get("key")).isNull();
        }
    }
}
