package io.holdfast.perf.peer;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Listens on the loopback address with Netty's own HTTP codec, by epoll. Started and closed by one thread, no
 * event loop's.
 */
final class PeerServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int PROCESSORS_PER_LOOP = 2;
    private static final int BACKLOG_MAX = 65_535;
    private static final long QUIET_MS = 0;
    private static final long CLOSE_MAX_MS = 5_000;

    private final EventLoopGroup loops;
    private final int loopCount;
    private Channel listener;

    /**
     * Makes the event loops, and serves nothing yet.
     *
     * @param eventLoops threads; 0 is one for two processors, as with the product
     * @throws IOException when this machine has no epoll
     */
    PeerServer(final int eventLoops) throws IOException {
        if (!Epoll.isAvailable()) {
            throw new IOException("a peer needs Linux and its epoll", Epoll.unavailabilityCause());
        }
        final int threads = eventLoops > 0
                ? eventLoops
                : Math.max(1, Runtime.getRuntime().availableProcessors() / PROCESSORS_PER_LOOP);
        this.loopCount = threads;
        this.loops = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("peer-http"), EpollIoHandler.newFactory());
    }

    /** The threads that connections are spread over; does not change. */
    EventLoopGroup loops() {
        return loops;
    }

    int loopCount() {
        return loopCount;
    }

    /**
     * Takes the port and serves.
     *
     * @param port 0 takes a free one
     * @param handlers makes what answers on a new connection, given its event loop; called on that loop
     * @throws IOException when the port cannot be taken
     */
    void listen(final int port, final Function<EventLoop, ChannelHandler> handlers) throws IOException {
        final ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG_MAX)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(final SocketChannel channel) {
                        channel.pipeline().addLast(new HttpServerCodec(), handlers.apply(channel.eventLoop()));
                    }
                });
        final var bound = bootstrap.bind(HOST, port).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + HOST + ":" + port + ": "
                            + bound.cause().getMessage() + "; next step: choose another --port",
                    bound.cause());
        }
        listener = bound.channel();
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Closes every connection; returns when the threads have ended, or after some seconds. */
    @Override
    public void close() {
        loops.shutdownGracefully(QUIET_MS, CLOSE_MAX_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }
}
