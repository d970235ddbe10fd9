package io.holdfast.settlement.reconcile;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.redisson.client.RedisClient;
import org.redisson.client.RedisClientConfig;
import org.redisson.client.RedisConnection;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.protocol.RedisCommand;

/** A connection to the tests' Redis, and the mirror's words for it, written by hand. */
final class TestMirror implements AutoCloseable {
    private final EventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final RedisClient client = RedisClient.create(new RedisClientConfig()
            .setGroup(eventLoop)
            .setSocketChannelClass(NioSocketChannel.class)
            .setResolverGroup(DefaultAddressResolverGroup.INSTANCE)
            .setAddress(TestServers.redis().url())
            .setPingConnectionInterval(0));
    private final RedisConnection connection = client.connect();

    TestMirror() {
        run("FLUSHALL");
    }

    /** Runs a command: words by blanks, none of which may stand in a value. */
    Object run(final String words) {
        final String[] parts = words.split(" ");
        final Object[] arguments = new Object[parts.length - 1];
        System.arraycopy(parts, 1, arguments, 0, arguments.length);
        return connection.sync(StringCodec.INSTANCE, new RedisCommand<>(parts[0]), arguments);
    }

    /** A live hold of one SKU. */
    TestMirror hold(
            final UUID id, final String drop, final String buyer, final String items, final Map<String, Object> more) {
        run("HSET holdfast:hold:" + id + " drop " + drop + " buyer " + buyer + " items " + items
                + " status HELD sequence " + more.get("sequence") + " expiresAt " + more.get("expiresAt"));
        run("PEXPIRE holdfast:hold:" + id + " " + more.get("ttlMs"));
        return this;
    }

    @Override
    public void close() {
        connection.closeAsync();
        client.shutdown();
        eventLoop.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
    }
}
