package io.holdfast.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.epoll.EpollSocketChannelConfig;
import java.util.function.Consumer;

/** An answer that is a stream of events, and its connection's last. Used by the connection's event loop. */
final class StreamedAnswer implements EventStreams.Receiver {
    private static final int UNACKNOWLEDGED_MAX_MS = 30_000;

    private final HttpLoop loop;
    private final ChannelHandlerContext ctx;
    private final Call call;
    private final Consumer<ByteBuf> finish;

    /** Null before it has begun, and once nothing more is sent. */
    private EventStreams.Stream stream;

    /** @param finish writes the connection's last bytes, and closes it */
    StreamedAnswer(
            final HttpLoop loop, final ChannelHandlerContext ctx, final Call call, final Consumer<ByteBuf> finish) {
        this.loop = loop;
        this.ctx = ctx;
        this.call = call;
        this.finish = finish;
    }

    /** Sends the head, and what there is to see. */
    void begin(final Reply head, final EventFeed feed, final byte[] known, final long nowNs) {
        loop.working().join(call, nowNs);
        noticeWhenNobodyIsThere();
        ctx.write(loop.encoder().encodeHead(ctx.alloc(), head), ctx.voidPromise());
        stream = loop.streams().add(this, feed, known, nowNs);
        EventStreams.visit(stream, nowNs);
    }

    /** A client that has vanished acknowledges nothing; by itself the kernel would try for a quarter of an hour. */
    private void noticeWhenNobodyIsThere() {
        if (ctx.channel().config() instanceof EpollSocketChannelConfig config) {
            config.setTcpUserTimeout(UNACKNOWLEDGED_MAX_MS);
        }
    }

    /** Whether there may be more to send. */
    boolean isOpen() {
        return stream != null;
    }

    /** Who takes no more is waited for as anybody is who does not read an answer. */
    void onWritability() {
        if (isOpen()) {
            (isReady() ? loop.working() : loop.stalled()).join(call, System.nanoTime());
        }
    }

    /** Sends nothing more, not even an end. */
    void forget() {
        if (isOpen()) {
            loop.streams().forget(stream);
            stream = null;
        }
    }

    @Override
    public boolean isReady() {
        return ctx.channel().isWritable();
    }

    @Override
    public void send(final byte[] bytes) {
        ctx.writeAndFlush(loop.encoder().encodeChunk(ctx.alloc(), bytes), ctx.voidPromise());
    }

    @Override
    public void end() {
        if (isOpen()) {
            forget();
            finish.accept(loop.encoder().encodeEnd(ctx.alloc()));
        }
    }

    @Override
    public void cut() {
        ctx.close();
    }
}
