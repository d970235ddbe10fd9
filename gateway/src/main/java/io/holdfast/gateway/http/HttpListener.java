package io.holdfast.gateway.http;

import io.holdfast.gateway.EdgeConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.netty4.NettyAllocatorMetrics;
import io.micrometer.core.instrument.binder.netty4.NettyEventExecutorMetrics;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLException;

/**
 * Listens on one address and serves HTTP/1.1 on event loops of its own.
 *
 * <p>Life: {@link #start} once, then {@link #drain}, then {@link #close}, by any thread but an event loop's.
 */
public final class HttpListener implements AutoCloseable {
    private static final int BACKLOG = 65_535;

    /**
     * Netty would accept one for each pass over what is ready, so in a storm the kernel's queue of at most some thousands
     * overflows, and whoever finds it full tries again after a second. So many take some 40 ms, which the others then wait.
     */
    private static final int ACCEPTS_PER_PASS_MAX = 2048;

    /** Half of all may be streams of events: the others are for those who ask. */
    private static final int CONNECTIONS_PER_STREAM = 2;

    private static final int READ_BYTES_MIN = 512;
    private static final int READ_BYTES_FIRST = 2048;
    private static final int READ_BYTES_MAX = 32 * 1024;
    private static final int READS_PER_PASS_MAX = 4;
    private static final int UNSENT_BYTES_LOW = 32 * 1024;
    private static final int UNSENT_BYTES_HIGH = 64 * 1024;
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private final EdgeConfig.Address address;
    private final Options options;
    private final SslContext tls;
    private final Transport transport = Transport.best();
    private final EventLoopGroup group;
    private final Map<EventLoop, HttpLoop> loops = new IdentityHashMap<>();
    private final ConnectionCap cap;

    private Channel server;

    /**
     * Prepares to listen.
     *
     * @param options how many loops and connections, and the deadlines
     * @param handlers makes each event loop its handler
     * @param onError told of errors that the process should not outlive, such as no memory
     */
    public HttpListener(
            final EdgeConfig.Address address,
            final EdgeConfig.Tls tls,
            final Options options,
            final Function<Executor, CallHandler> handlers,
            final Consumer<Error> onError) {
        this.address = address;
        this.options = options;
        this.tls = tls == null ? null : context(tls);
        final int connectionsMax = FileDescriptors.connectionsMax(options.maxConnections());
        this.cap = new ConnectionCap(connectionsMax);
        this.group = transport.open(options.eventLoops(), options.threadName());
        final int streamsMax = Math.max(1, connectionsMax / CONNECTIONS_PER_STREAM / options.eventLoops());
        for (final EventExecutor executor : group) {
            final EventLoop eventLoop = (EventLoop) executor;
            loops.put(
                    eventLoop,
                    new HttpLoop(
                            eventLoop, options.deadlines(), options.origins(), streamsMax, handlers::apply, onError));
        }
    }

    /**
     * How one listener differs from another.
     *
     * @param origins whose pages may read the answers in a browser
     * @param flagPrefix what its flags begin with: {@code --host} and {@code --port}, or {@code --management-host}
     */
    public record Options(
            String threadName,
            String flagPrefix,
            int eventLoops,
            int maxConnections,
            EdgeConfig.Deadlines deadlines,
            Origins origins) {}

    /**
     * Starts to listen.
     *
     * @throws IOException when the address cannot be taken, naming it
     */
    public InetSocketAddress start() throws IOException {
        final ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new ServerChannelRecvByteBufAllocator()
                                .respectMaybeMoreData(false)
                                .maxMessagesPerRead(ACCEPTS_PER_PASS_MAX))
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, tls != null)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(UNSENT_BYTES_LOW, UNSENT_BYTES_HIGH))
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(READ_BYTES_MIN, READ_BYTES_FIRST, READ_BYTES_MAX)
                                .maxMessagesPerRead(READS_PER_PASS_MAX))
                .handler(cap)
                .childHandler(new Initializer());
        loops.values().forEach(HttpLoop::start);
        final var bound = bootstrap.bind(address.host(), address.port()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close();
            throw new IOException(
                    "cannot listen on " + address.host() + ':' + address.port() + ": " + reason(bound.cause())
                            + "; next step: see to --" + options.flagPrefix() + "host and --" + options.flagPrefix()
                            + "port, or stop what listens there",
                    bound.cause());
        }
        server = bound.channel();
        return (InetSocketAddress) server.localAddress();
    }

    /** Publishes what Netty knows of itself: buffer memory, and tasks waiting on the event loops. */
    public void bindTo(final MeterRegistry registry) {
        if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider) {
            new NettyAllocatorMetrics(provider).bindTo(registry);
        }
        new NettyEventExecutorMetrics(group).bindTo(registry);
        Gauge.builder("holdfast_event_streams", this, HttpListener::streamCount)
                .description("Connections that are streams of events.")
                .register(registry);
    }

    private int streamCount() {
        return loops.values().stream().mapToInt(loop -> loop.streams().count()).sum();
    }

    /** Connections open now. */
    public int openCount() {
        return cap.open();
    }

    /**
     * Stops accepting, closes idle connections, and waits until the others have been answered.
     *
     * @return whether all were, before the time was up
     */
    public boolean drain(final Duration timeout) {
        if (server != null) {
            server.close().awaitUninterruptibly();
        }
        if (group.isShuttingDown()) {
            return true;
        }
        loops.values().forEach(HttpLoop::drain);
        final long deadlineNs = System.nanoTime() + timeout.toNanos();
        while (cap.open() > 0) {
            if (System.nanoTime() - deadlineNs >= 0) {
                return false;
            }
            LockSupport.parkNanos(POLL_NS);
        }
        return true;
    }

    /** Closes what is still open, and ends the event loops. */
    @Override
    public void close() {
        if (server != null) {
            server.close().awaitUninterruptibly();
        }
        if (group.isShuttingDown()) {
            return;
        }
        loops.values().forEach(HttpLoop::abandon);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static String reason(final Throwable cause) {
        return cause instanceof UnresolvedAddressException ? "the name is not known" : cause.getMessage();
    }

    private static SslContext context(final EdgeConfig.Tls tls) {
        requireReadable("--tls-cert", tls.certificate());
        requireReadable("--tls-key", tls.key());
        try {
            return SslContextBuilder.forServer(
                            tls.certificate().toFile(), tls.key().toFile())
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (final SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "--tls-cert " + tls.certificate() + ", --tls-key " + tls.key() + ": " + e.getMessage(), e);
        }
    }

    private static void requireReadable(final String flag, final Path file) {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException(flag + ' ' + file + ": there is no such file that can be read");
        }
    }

    private final class Initializer extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(final Channel channel) {
            if (tls != null) {
                channel.pipeline().addLast(tls.newHandler(channel.alloc()));
            }
            final Connection connection = new Connection(loops.get(channel.eventLoop()), tls != null);
            channel.pipeline().addLast(connection.decoder(), connection);
        }
    }
}
