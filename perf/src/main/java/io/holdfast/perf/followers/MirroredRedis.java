package io.holdfast.perf.followers;

import io.holdfast.embedded.EmbeddedRedis;
import io.holdfast.perf.ring.GrantedHistory;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An embedded Redis that is mirrored to, and a way to ask what is there. For one thread. */
final class MirroredRedis implements AutoCloseable {
    private static final String HOLD_KEY = "holdfast:hold:";
    private static final int ASKED_AT_ONCE = 1_000;

    /** Flushing millions of keys takes seconds. */
    private static final Duration ANSWER_MAX = Duration.ofMinutes(1);

    private final EmbeddedRedis server;
    private final RedisClient client;
    private final RedisCommands<String, String> commands;

    private MirroredRedis(
            final EmbeddedRedis server, final RedisClient client, final RedisCommands<String, String> commands) {
        this.server = server;
        this.client = client;
        this.commands = commands;
    }

    /**
     * Starts it.
     *
     * @param home its own directory
     * @throws IOException when it does not start; the message says why
     */
    static MirroredRedis start(final Path home) throws IOException {
        final EmbeddedRedis server = EmbeddedRedis.start(home);
        final RedisClient client = RedisClient.create(server.url());
        try {
            final StatefulRedisConnection<String, String> connection = client.connect();
            connection.setTimeout(ANSWER_MAX);
            return new MirroredRedis(server, client, connection.sync());
        } catch (final RuntimeException e) {
            client.shutdown();
            server.close();
            throw e;
        }
    }

    String url() {
        return server.url();
    }

    long pid() {
        return server.pid();
    }

    /** Whether the hold of that number can be seen. */
    boolean hasHold(final long number) {
        return commands.exists(key(number)) == 1;
    }

    /** How many of the holds from number 1 on can be seen. */
    long countHolds(final long placed) {
        long count = 0;
        final List<String> keys = new ArrayList<>(ASKED_AT_ONCE);
        for (long number = 1; number <= placed; number++) {
            keys.add(key(number));
            if (keys.size() == ASKED_AT_ONCE || number == placed) {
                count += commands.exists(keys.toArray(String[]::new));
                keys.clear();
            }
        }
        return count;
    }

    private static String key(final long number) {
        return HOLD_KEY + GrantedHistory.hold(number);
    }

    void flush() {
        commands.flushall();
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, ANSWER_MAX);
        server.close();
    }
}
