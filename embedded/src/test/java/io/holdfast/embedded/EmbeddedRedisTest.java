package io.holdfast.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    @Test
    void shouldKeepWhatItWasToldWhenDirectivesSaySo() throws Exception {
        final List<String> directives = List.of("appendonly yes", "appendfsync always");
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0, directives);
                Jedis client = new Jedis("127.0.0.1", redis.port())) {
            client.set("key", "value");
        }

        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0, directives);
                Jedis client = new Jedis("127.0.0.1", redis.port())) {
            assertThat(client.get("key")).isEqualTo("value");
        }
    }

    @Test
    void shouldStartAgainWhenItWasKilled() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory)) {
            Processes.kill(redis.pid());
        }

        try (EmbeddedRedis redis = EmbeddedRedis.start(directory)) {
            assertThat(Processes.isRunning(redis.pid())).isTrue();
        }
    }

    @Test
    void shouldLeaveForeignProcessAloneWhenItHasTheNumberOfOneThatCrashed() throws Exception {
        final Process foreign = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(directory.resolve("redis.pid"), foreign.pid() + "\n");

            EmbeddedRedis.start(directory).close();

            assertThat(foreign.isAlive()).isTrue();
        } finally {
            foreign.destroy();
        }
    }

    @Test
    void shouldSayWhatToDoWhenItsPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedRedis.start(directory, taken.getLocalPort()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("next step");
        }
    }

    @Test
    void shouldStartWhenItsPathHasSpacesAndQuotes() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory.resolve("a \"path\" with $signs"))) {
            assertThat(Processes.isRunning(redis.pid())).isTrue();
        }
    }
}
