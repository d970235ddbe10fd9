package io.holdfast.gateway.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what was accepted, and stops accepting at the cap until one closes: the rest waits in the kernel's
 * backlog, and file descriptors stay free for the journal and the logs.
 */
final class ConnectionCap extends ChannelInboundHandlerAdapter {
    private final int openMax;
    private final AtomicInteger open = new AtomicInteger();

    // Written by the acceptor, read by whichever loop closes a connection.
    private volatile boolean paused;

    ConnectionCap(final int openMax) {
        this.openMax = openMax;
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object accepted) {
        if (open.incrementAndGet() >= openMax) {
            paused = true;
            ctx.channel().config().setAutoRead(false);
            if (open.get() < openMax) {
                resume(ctx.channel());
            }
        }
        ((Channel) accepted).closeFuture().addListener(closed -> {
            if (open.decrementAndGet() < openMax && paused) {
                ctx.channel().eventLoop().execute(() -> resume(ctx.channel()));
            }
        });
        ctx.fireChannelRead(accepted);
    }

    int open() {
        return open.get();
    }

    private void resume(final Channel server) {
        if (paused && open.get() < openMax && server.isOpen()) {
            paused = false;
            server.config().setAutoRead(true);
        }
    }
}
