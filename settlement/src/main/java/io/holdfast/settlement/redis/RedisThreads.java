package io.holdfast.settlement.redis;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.redisson.client.RedisClientConfig;

/**
 * What connections share from one to the next: one event loop, and the timer and the executor that Redisson wants, whose
 * threads begin when they are first needed.
 */
final class RedisThreads implements AutoCloseable {
    private static final long TICK_MS = 100;

    private final EventLoopGroup eventLoop =
            new MultiThreadIoEventLoopGroup(1, RedisThreads::thread, NioIoHandler.newFactory());
    private final Timer timer = new HashedWheelTimer(RedisThreads::thread, TICK_MS, TimeUnit.MILLISECONDS);
    private final ExecutorService executor = Executors.newSingleThreadExecutor(RedisThreads::thread);

    private static Thread thread(final Runnable task) {
        final Thread thread = new Thread(task, "holdfast-mirror-io");
        thread.setDaemon(true);
        return thread;
    }

    /** What a client of one connection takes, but for its timeouts. */
    RedisClientConfig clientConfig(final MirrorConfig config) {
        return new RedisClientConfig()
                .setAddress(config.address())
                .setDatabase(config.database())
                .setClientName("holdfast-mirror")
                .setGroup(eventLoop)
                .setSocketChannelClass(NioSocketChannel.class)
                .setResolverGroup(DefaultAddressResolverGroup.INSTANCE)
                .setTimer(timer)
                .setExecutor(executor)
                .setTcpNoDelay(true)
                .setKeepAlive(true)
                .setPingConnectionInterval(0);
    }

    @Override
    public void close() {
        timer.stop();
        executor.shutdownNow();
        eventLoop.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
    }
}
