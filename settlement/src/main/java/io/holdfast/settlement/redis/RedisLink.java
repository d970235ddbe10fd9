package io.holdfast.settlement.redis;

import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.redisson.client.RedisClient;
import org.redisson.client.RedisConnection;
import org.redisson.client.RedisTimeoutException;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.protocol.CommandData;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.client.protocol.decoder.ObjectListReplayDecoder;

/**
 * One connection to Redis, from its beginning to its first failure.
 *
 * <p>This is Redisson's client without its pools: nothing is sent twice, nothing overtakes, and a connection that breaks is
 * not mended behind our back. Whoever uses it asks one thing at a time, waits for {@value #ANSWER_TIMEOUT_MS} ms at most,
 * and after any failure closes it and makes another, since what was asked may yet be done.
 */
final class RedisLink implements AutoCloseable {
    static final int CONNECT_TIMEOUT_MS = 1_000;
    static final int ANSWER_TIMEOUT_MS = 1_000;

    private static final RedisCommand<List<Object>> EVALSHA =
            new RedisCommand<>("EVALSHA", new ObjectListReplayDecoder<>());

    /** Where Redisson begins to tell of channel, command and arguments, many lines of them. */
    private static final String REDISSONS_DETAIL = ". channel: ";

    private final RedisClient client;
    private final RedisConnection connection;
    private final Channel channel;
    private final String[] digests = new String[MirrorScript.values().length];

    private RedisLink(final RedisClient client, final RedisConnection connection) {
        this.client = client;
        this.connection = connection;
        this.channel = connection.getChannel();
    }

    /** Connects and makes the scripts known. */
    static RedisLink connect(final MirrorConfig config, final RedisThreads threads)
            throws RedisAwayException, InterruptedException {
        final RedisClient client = RedisClient.create(threads.clientConfig(config)
                .setConnectTimeout(CONNECT_TIMEOUT_MS)
                .setCommandTimeout(ANSWER_TIMEOUT_MS));
        boolean isConnected = false;
        try {
            final RedisLink link = new RedisLink(
                    client, await(client.connectAsync().toCompletableFuture(), CONNECT_TIMEOUT_MS * 2, "connecting"));
            for (final MirrorScript script : MirrorScript.values()) {
                link.digests[script.ordinal()] =
                        link.ask(StringCodec.INSTANCE, RedisCommands.SCRIPT_LOAD, script.text());
            }
            isConnected = true;
            return link;
        } finally {
            if (!isConnected) {
                client.shutdownAsync();
            }
        }
    }

    /**
     * Runs a script over the cursor's key.
     *
     * @return its answer: {@code byte[]}, {@code Long}, null and lists of these
     */
    List<Object> run(final MirrorScript script, final byte[] cursorKey, final List<byte[]> arguments)
            throws RedisAwayException, InterruptedException {
        final Object[] all = new Object[3 + arguments.size()];
        all[0] = digests[script.ordinal()].getBytes(StandardCharsets.US_ASCII);
        all[1] = new byte[] {'1'};
        all[2] = cursorKey;
        for (int i = 0; i < arguments.size(); i++) {
            all[3 + i] = arguments.get(i);
        }
        return ask(ByteArrayCodec.INSTANCE, EVALSHA, all);
    }

    private <T, R> R ask(
            final org.redisson.client.codec.Codec codec, final RedisCommand<T> command, final Object... arguments)
            throws RedisAwayException, InterruptedException {
        if (!channel.isActive()) {
            throw new RedisAwayException("the connection to Redis broke", null);
        }
        final CompletableFuture<R> answer = new CompletableFuture<>();
        channel.writeAndFlush(new CommandData<>(answer, codec, command, arguments))
                .addListener(sent -> {
                    if (!sent.isSuccess()) {
                        answer.completeExceptionally(sent.cause());
                    }
                });
        return await(answer, ANSWER_TIMEOUT_MS, command.getName());
    }

    private static <R> R await(final CompletableFuture<R> answer, final long timeoutMs, final String what)
            throws RedisAwayException, InterruptedException {
        try {
            return answer.get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof RedisTimeoutException) {
                // Redisson's own words name the arguments, of AUTH too
                throw new RedisAwayException("Redis did not answer: " + what, null);
            }
            throw new RedisAwayException("Redis: " + what + ": " + refusal(e.getCause()), e.getCause());
        } catch (final TimeoutException e) {
            throw new RedisAwayException("Redis did not answer within " + timeoutMs + " ms: " + what, e);
        }
    }

    private static String refusal(final Throwable cause) {
        final String words = String.valueOf(cause.getMessage());
        final int end = words.indexOf(REDISSONS_DETAIL);
        return end < 0 ? words : words.substring(0, end);
    }

    /** Whether it is still the connection that it was. */
    boolean isOpen() {
        return channel.isActive();
    }

    @Override
    public void close() {
        connection.closeAsync();
        client.shutdownAsync();
    }
}
