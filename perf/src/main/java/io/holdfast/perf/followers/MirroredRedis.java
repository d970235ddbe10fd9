package io.holdfast.perf.followers;

import io.holdfast.embedded.EmbeddedRedis;
import io.holdfast.perf.ring.GrantedHistory;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** An embedded Redis that is mirrored to, and a way to ask what is there. For one thread. */
final class MirroredRedis implements AutoCloseable {
    private static final String HOLD_KEY = "holdfast:hold:";
    private static final int SCANNED_AT_ONCE = 5_000;

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
        return commands.exists(HOLD_KEY + GrantedHistory.hold(number)) == 1;
    }

    /** How many holds can be seen. */
    long holds() {
        final ScanArgs holds = ScanArgs.Builder.limit(SCANNED_AT_ONCE).match(HOLD_KEY + "*");
        long count = 0;
        KeyScanCursor<String> found = commands.scan(ScanCursor.INITIAL, holds);
        count += found.getKeys().size();
        while (!found.isFinished()) {
            found = commands.scan(found, holds);
            count += found.getKeys().size();
        }
        return count;
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
