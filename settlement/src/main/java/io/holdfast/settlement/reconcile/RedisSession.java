package io.holdfast.settlement.reconcile;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.redisson.client.RedisClient;
import org.redisson.client.RedisClientConfig;
import org.redisson.client.RedisConnection;
import org.redisson.client.RedisException;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.client.protocol.decoder.ListScanResult;

/** One connection to Redis, of the reconciliation's own. What is asked is pipelined. One thread. */
final class RedisSession implements AutoCloseable {
    static final String CURSOR_KEY = "holdfast:cursor";
    static final String HOLD_PREFIX = "holdfast:hold:";
    static final String STOCK_PREFIX = "holdfast:stock:";

    private static final int TIMEOUT_MS = 10_000;
    private static final int KEYS_PER_SCAN = 1_000;
    private static final String SCAN_BEGIN = "0";

    private final String where;
    private final EventLoopGroup eventLoop;
    private final RedisClient client;
    private final RedisConnection connection;

    private RedisSession(
            final String where,
            final EventLoopGroup eventLoop,
            final RedisClient client,
            final RedisConnection connection) {
        this.where = where;
        this.eventLoop = eventLoop;
        this.client = client;
        this.connection = connection;
    }

    /**
     * Connects.
     *
     * @throws StoreUnreadableException when there is no answer, or none of use; the URL's password is never shown
     */
    static RedisSession open(final String url) {
        final URI uri = URI.create(url);
        final String where = uri.getScheme() + "://" + uri.getHost() + ":" + uri.getPort();
        final String path = uri.getPath() == null ? "" : uri.getPath();
        final EventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        final RedisClient client = RedisClient.create(new RedisClientConfig()
                .setGroup(eventLoop)
                .setSocketChannelClass(NioSocketChannel.class)
                .setResolverGroup(DefaultAddressResolverGroup.INSTANCE)
                .setAddress(uri.getScheme() + "://" + uri.getRawAuthority())
                .setDatabase(path.length() > 1 ? Integer.parseInt(path.substring(1)) : 0)
                .setClientName("holdfast-reconcile")
                .setConnectTimeout(TIMEOUT_MS)
                .setCommandTimeout(TIMEOUT_MS)
                .setPingConnectionInterval(0));
        boolean isOpen = false;
        try {
            final RedisSession session = new RedisSession(where, eventLoop, client, client.connect());
            session.cursor();
            isOpen = true;
            return session;
        } catch (final RedisException e) {
            throw unreadable(where, e);
        } finally {
            if (!isOpen) {
                shutdown(client, eventLoop);
            }
        }
    }

    private static StoreUnreadableException unreadable(final String where, final Exception e) {
        return new StoreUnreadableException(
                "--redis-url " + where + ": " + PostgresSession.firstLine(e)
                        + "; next step: check the URL, and that Redis runs; then run this again",
                e);
    }

    /**
     * What stands under a key.
     *
     * @param fields of the hash; empty when there is no key
     * @param ttlMs time to live in milliseconds, -1 for ever, -2 when there is no key
     * @param isHash false when something else stands there
     */
    record Found(Map<String, String> fields, long ttlMs, boolean isHash) {
        boolean isThere() {
            return !isHash || !fields.isEmpty();
        }
    }

    /** The mirror's cursor; empty when there is none. */
    Map<String, String> cursor() {
        return read(List.of(CURSOR_KEY)).get(0).fields();
    }

    /** Reads keys in one go. */
    List<Found> read(final List<String> keys) {
        final List<Future<Map<Object, Object>>> hashes = new ArrayList<>(keys.size());
        final List<Future<Long>> ttls = new ArrayList<>(keys.size());
        for (final String key : keys) {
            hashes.add(connection.async(StringCodec.INSTANCE, RedisCommands.HGETALL, key));
            ttls.add(connection.async(StringCodec.INSTANCE, RedisCommands.PTTL, key));
        }
        final List<Found> found = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            found.add(found(hashes.get(i), await(ttls.get(i))));
        }
        return found;
    }

    private Found found(final Future<Map<Object, Object>> hash, final long ttlMs) {
        try {
            final Map<String, String> fields = new HashMap<>();
            hash.get(TIMEOUT_MS, TimeUnit.MILLISECONDS)
                    .forEach((name, value) -> fields.put(String.valueOf(name), String.valueOf(value)));
            return new Found(fields, ttlMs, true);
        } catch (final ExecutionException e) {
            if (String.valueOf(e.getCause().getMessage()).startsWith("WRONGTYPE")) {
                return new Found(Map.of(), ttlMs, false);
            }
            throw unreadable(where, e);
        } catch (final TimeoutException e) {
            throw unreadable(where, e);
        } catch (final InterruptedException e) {
            throw interrupted(e);
        }
    }

    private <T> T await(final Future<T> answer) {
        try {
            return answer.get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (final ExecutionException | TimeoutException e) {
            throw unreadable(where, e);
        } catch (final InterruptedException e) {
            throw interrupted(e);
        }
    }

    private StoreUnreadableException interrupted(final InterruptedException e) {
        Thread.currentThread().interrupt();
        return unreadable(where, e);
    }

    /** Takes some keys. */
    @FunctionalInterface
    interface KeysHandler {
        void onKeys(List<String> keys);
    }

    /** Goes through all keys with a prefix; one may come more than once. */
    void scan(final String prefix, final KeysHandler handler) {
        String position = SCAN_BEGIN;
        do {
            final Future<ListScanResult<Object>> page = connection.async(
                    StringCodec.INSTANCE, RedisCommands.SCAN, position, "MATCH", prefix + "*", "COUNT", KEYS_PER_SCAN);
            final ListScanResult<Object> keys = await(page);
            if (!keys.getValues().isEmpty()) {
                handler.onKeys(keys.getValues().stream().map(String::valueOf).toList());
            }
            position = String.valueOf(keys.getPos());
        } while (!SCAN_BEGIN.equals(position));
    }

    void delete(final String key) {
        final Future<Long> answer = connection.async(StringCodec.INSTANCE, RedisCommands.DEL, key);
        await(answer);
    }

    /** Puts a hash in place of whatever stands there. @param ttlMs its time to live; 0 for ever */
    void put(final String key, final Map<String, String> fields, final long ttlMs) {
        final List<Object> arguments = new ArrayList<>();
        arguments.add("redis.call('DEL', KEYS[1]); redis.call('HSET', KEYS[1], unpack(ARGV, 2));"
                + " if ARGV[1] ~= '0' then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end; return 1");
        arguments.add(1);
        arguments.add(key);
        arguments.add(ttlMs);
        fields.forEach((name, value) -> {
            arguments.add(name);
            arguments.add(value);
        });
        final Future<Long> answer =
                connection.async(StringCodec.INSTANCE, RedisCommands.EVAL_LONG, arguments.toArray());
        await(answer);
    }

    @Override
    public void close() {
        connection.closeAsync();
        shutdown(client, eventLoop);
    }

    private static void shutdown(final RedisClient client, final EventLoopGroup eventLoop) {
        client.shutdown();
        eventLoop.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
    }
}
