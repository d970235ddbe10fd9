package io.holdfast.perf.peer;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * One pipelined connection to Redis on one event loop: what all HTTP connections of that loop ask in one pass
 * goes out in one
 * write. Made and closed by another thread; all else on the loop's.
 */
final class RedisLane implements AutoCloseable {
    /** More questions at once are refused by Lettuce with an exception. */
    private static final int IN_FLIGHT_MAX = 65_536;

    private static final long QUIET_MS = 0;
    private static final long CLOSE_MAX_MS = 2_000;

    private final EventLoop loop;
    private final ClientResources resources;
    private final RedisClient client;
    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final RedisAsyncCommands<byte[], byte[]> commands;
    private final String scriptDigest;

    private boolean isFlushDue;

    /** @throws IOException when Redis cannot be reached, or refuses the script */
    RedisLane(final EventLoop loop, final String url, final HoldScript script) throws IOException {
        this.loop = loop;
        this.resources = ClientResources.builder()
                .eventLoopGroupProvider(new LoopProvider(loop))
                .build();
        this.client = RedisClient.create(resources, RedisURI.create(url));
        // A timeout for every command is a timer for every command.
        client.setOptions(ClientOptions.builder()
                .requestQueueSize(IN_FLIGHT_MAX)
                .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
                .build());
        try {
            this.connection = client.connect(ByteArrayCodec.INSTANCE);
            this.scriptDigest = connection.sync().scriptLoad(script.text().getBytes(StandardCharsets.UTF_8));
        } catch (final RedisException e) {
            shutDown();
            throw new IOException("Redis does not take the script: " + e.getMessage(), e);
        }
        connection.setAutoFlushCommands(false);
        this.commands = connection.async();
    }

    /** Asks for a hold; what the script says comes on the loop's thread. */
    CompletionStage<byte[]> hold(final HoldRequest request, final String hold, final long nowMs) {
        final CompletionStage<byte[]> answer = commands.evalsha(
                scriptDigest,
                ScriptOutputType.VALUE,
                HoldScript.keys(request, hold),
                HoldScript.arguments(request, hold, nowMs));
        flushOncePerPass();
        return answer;
    }

    /** Puts a drop's stock in. */
    CompletionStage<Long> putStock(final DropDefinition drop) {
        final Map<byte[], byte[]> stock = new HashMap<>();
        drop.skus().forEach((name, sku) -> stock.put(bytes(name), bytes(Long.toString(sku.capacity()))));
        final CompletionStage<Long> answer = commands.hset(bytes(HoldScript.stockKey(drop.name())), stock);
        flushOncePerPass();
        return answer;
    }

    /** Tasks run once the sockets that were ready have been read: by then all have asked. */
    private void flushOncePerPass() {
        if (!isFlushDue) {
            isFlushDue = true;
            loop.execute(this::flush);
        }
    }

    private void flush() {
        isFlushDue = false;
        connection.flushCommands();
    }

    @Override
    public void close() {
        connection.close();
        shutDown();
    }

    private void shutDown() {
        client.shutdown(QUIET_MS, CLOSE_MAX_MS, TimeUnit.MILLISECONDS);
        resources.shutdown(QUIET_MS, CLOSE_MAX_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
