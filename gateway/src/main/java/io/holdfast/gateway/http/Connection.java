package io.holdfast.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: gathers a request, hands it to the handler, writes the answer, and goes on.
 *
 * <p>It is always in exactly one of the loop's deadline queues while open, so nobody is waited for without
 * end.
 */
final class Connection extends ChannelInboundHandlerAdapter {
    static final int BODY_BYTES_MAX = 16 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final HttpLoop loop;
    private final boolean isTls;
    private final OpenCall call = new OpenCall();
    private final BodyGatherer body;
    private final RequestDecoder decoder;

    private ChannelHandlerContext ctx;

    // In work: from the end of a request to its answer, of a stream to its end. Lingering: answered for the last time,
    // input is thrown away. Stalled: the answer is written but the client does not read, so nothing more is decoded for
    // it.
    private long startNs;
    private boolean inBody;
    private boolean inWork;
    private boolean stalled;
    private boolean lingering;
    private boolean closed;
    private boolean closeAfterAnswer;

    /** Null unless the connection's last answer is, or was, one. */
    private StreamedAnswer streamed;

    Connection(final HttpLoop loop, final boolean isTls) {
        this.loop = loop;
        this.isTls = isTls;
        this.body = new BodyGatherer(loop.bodyScratch());
        this.decoder = new RequestDecoder(call.fields());
    }

    RequestDecoder decoder() {
        return decoder;
    }

    @Override
    public void handlerAdded(final ChannelHandlerContext ctx) {
        this.ctx = ctx;
        loop.opened(call);
    }

    @Override
    public void channelInactive(final ChannelHandlerContext ctx) {
        closed = true;
        call.leave();
        if (streamed != null) {
            streamed.forget();
        }
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object message) {
        try {
            if (lingering) {
                return;
            }
            if (message instanceof Fault fault) {
                refuse(fault);
            } else if (message instanceof HttpRequest request) {
                onHead(request);
            } else if (message instanceof HttpContent content) {
                onContent(content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void onHead(final HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            refuse(Fault.of(request.decoderResult().cause()));
            return;
        }
        final HeadFields fields = call.fields();
        call.begin(request.method().name(), request.uri());
        closeAfterAnswer = fields.isClose();
        if (!fields.isHostSound() || fields.hasBothLengths()) {
            refuse(Fault.MALFORMED_REQUEST);
        } else if (fields.contentLength() > BODY_BYTES_MAX) {
            refuse(Fault.BODY_TOO_LARGE);
        } else if (fields.expect() == null) {
            inBody = true;
        } else if (AsciiString.contentEqualsIgnoreCase(fields.expect(), "100-continue")) {
            inBody = true;
            if (fields.isChunked() || fields.contentLength() > 0) {
                ctx.writeAndFlush(loop.encoder().continueReply(ctx.alloc()), ctx.voidPromise());
            }
        } else {
            refuse(Fault.EXPECTATION_FAILED);
        }
    }

    private void onContent(final HttpContent content) {
        if (content.decoderResult().isFailure()) {
            refuse(Fault.of(content.decoderResult().cause()));
            return;
        }
        final boolean last = content instanceof LastHttpContent;
        if (!body.add(content.content(), last)) {
            refuse(Fault.BODY_TOO_LARGE);
            return;
        }
        if (last) {
            inBody = false;
            call.body(body.bytes(), body.length());
            dispatch();
            body.clear();
        }
    }

    private void dispatch() {
        startNs = System.nanoTime();
        inWork = true;
        try {
            loop.handler().onCall(call);
        } catch (final RuntimeException | Error e) {
            call.fail(e);
        }
        if (inWork && streamed == null) {
            loop.working().join(call, startNs);
            stayWhenInputCloses(true);
        }
    }

    /** The client cannot be trusted to know where the next request begins: answer, and close. */
    private void refuse(final Fault fault) {
        inBody = false;
        inWork = false;
        closeAfterAnswer = true;
        decoder.refuse();
        fault.write(call.reply());
        loop.origins().addTo(call.reply(), call.fields().origin());
        loop.handler().onSent(-1, fault.status(), 0);
        finish(loop.encoder().encode(ctx.alloc(), call.reply(), false, true), false);
    }

    private void answer(final Reply reply) {
        inWork = false;
        final long nowNs = System.nanoTime();
        loop.handler().onSent(call.route(), reply.status(), nowNs - startNs);
        if (closed) {
            return;
        }
        loop.origins().addTo(reply, call.fields().origin());
        final boolean last = closeAfterAnswer || loop.isDraining();
        final ByteBuf out = loop.encoder().encode(ctx.alloc(), reply, call.isHead(), last);
        if (last) {
            finish(out, decoder.isEmpty());
            return;
        }
        ctx.writeAndFlush(out, ctx.voidPromise());
        if (ctx.channel().isWritable()) {
            goOn(nowNs);
        } else {
            stalled = true;
            loop.stalled().join(call, nowNs);
            stayWhenInputCloses(true);
        }
    }

    private boolean stream(final Reply head, final EventFeed feed, final byte[] known) {
        if (loop.streams().isFull()) {
            return false;
        }
        streamed = new StreamedAnswer(loop, ctx, call, this::finishStream);
        final long nowNs = System.nanoTime();
        loop.handler().onSent(call.route(), head.status(), nowNs - startNs);
        loop.origins().addTo(head, call.fields().origin());
        stayWhenInputCloses(false);
        streamed.begin(head, feed, known, nowNs);
        if (loop.isDraining() || decoder.isInputClosed()) {
            streamed.end();
        }
        return true;
    }

    private void finishStream(final ByteBuf end) {
        inWork = false;
        finish(end, decoder.isEmpty());
    }

    private void goOn(final long nowNs) {
        loop.idle().join(call, nowNs);
        stayWhenInputCloses(isUnsent());
        try {
            decoder.next();
        } catch (final Exception | Error e) {
            exceptionCaught(ctx, e);
        }
        closeIfDrained();
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext ctx) {
        if (lingering || inWork || stalled || closed) {
            return;
        }
        if (inBody) {
            if (!call.isIn(loop.body())) {
                loop.body().join(call, System.nanoTime());
            }
        } else if (decoder.isHeadUnderWay() && !call.isIn(loop.head())) {
            loop.head().join(call, System.nanoTime());
        }
    }

    @Override
    public void channelWritabilityChanged(final ChannelHandlerContext ctx) {
        if (streamed != null) {
            streamed.onWritability();
        } else if (stalled && ctx.channel().isWritable()) {
            stalled = false;
            goOn(System.nanoTime());
        }
    }

    @Override
    public void userEventTriggered(final ChannelHandlerContext ctx, final Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            if (streamed != null && streamed.isOpen()) {
                ctx.close(); // nobody is left to watch
            } else {
                closeIfDrained();
            }
        }
    }

    /**
     * Who closes its sending side while it is owed an answer gets that first. Anyone else Netty closes itself: for a crowd
     * of which each comes, asks once and goes, that saves a call to the kernel and a way through the pipeline. Over TLS the
     * goodbye is to be said in TLS, so all stay.
     */
    private void stayWhenInputCloses(final boolean isOwed) {
        if (!isTls && ctx.channel() instanceof SocketChannel socket) {
            socket.config().setAllowHalfClosure(isOwed);
        }
    }

    private boolean isUnsent() {
        final ChannelOutboundBuffer out = ctx.channel().unsafe().outboundBuffer();
        return out != null && out.totalPendingWriteBytes() > 0;
    }

    /** The client will send nothing more: what is whole gets its answer, what is not is given up. */
    private void closeIfDrained() {
        if (decoder.isInputClosed() && !inWork && !stalled && !closed) {
            lingering = true;
            loop.stalled().join(call, System.nanoTime());
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /**
     * Writes the last answer. Closing with input unread would reset the connection, and the client might lose
     * the answer: so then the sending side is closed first, and what still comes is thrown away for a while.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-9.6">RFC 9112, 9.6</a>
     */
    private void finish(final ByteBuf out, final boolean isInputRead) {
        lingering = true;
        decoder.refuse();
        stayWhenInputCloses(true);
        loop.stalled().join(call, System.nanoTime());
        ctx.writeAndFlush(out).addListener(written -> {
            if (!written.isSuccess() || decoder.isInputClosed() || isInputRead) {
                ctx.close();
            } else if (ctx.channel().isActive()) {
                closeOutput();
            }
        });
    }

    private void closeOutput() {
        loop.lingering().join(call, System.nanoTime());
        if (!decoder.isInputClosed()) {
            ctx.channel().config().setAutoRead(true);
        }
        final SslHandler tls = ctx.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
        } else if (ctx.channel() instanceof SocketChannel socket) {
            socket.shutdownOutput();
        }
    }

    /** The loop has waited too long for this connection, or waits no more. Netty tells late of one that it has closed. */
    private void onDeadline(final DeadlineQueue queue) {
        final boolean isHalfSaid = queue == loop.head() || queue == loop.body();
        if (isHalfSaid && ctx.channel().isActive()) {
            refuse(loop.isDraining() ? Fault.SHUTTING_DOWN : Fault.REQUEST_TIMEOUT);
        } else {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause) {
        if (cause instanceof Error error) {
            loop.onError(error);
        } else if (!(cause instanceof IOException) && !(cause instanceof DecoderException)) {
            LOG.warn("a connection is closed after an unexpected failure", cause);
        }
        ctx.close();
    }

    private final class OpenCall extends Call {
        @Override
        public void send(final Reply reply) {
            requireUnanswered();
            try {
                answer(reply);
            } catch (final RuntimeException | Error e) {
                fail(e);
            }
        }

        @Override
        public boolean stream(final Reply head, final EventFeed feed, final byte[] known) {
            requireUnanswered();
            return Connection.this.stream(head, feed, known);
        }

        private void requireUnanswered() {
            if (!inWork || streamed != null) {
                throw new IllegalStateException("a call was answered twice");
            }
        }

        @Override
        public void fail(final Throwable failure) {
            if (failure instanceof Error error) {
                loop.onError(error);
            }
            LOG.error("a request could not be handled", failure);
            if (inWork && streamed == null) {
                closeAfterAnswer = true;
                Fault.INTERNAL.write(loop.reply());
                answer(loop.reply());
            } else {
                ctx.close();
            }
        }

        @Override
        public Reply reply() {
            return loop.reply();
        }

        @Override
        public long address() {
            return ctx.channel().remoteAddress() instanceof InetSocketAddress address
                    ? Addresses.of(address.getAddress())
                    : 0;
        }

        @Override
        void onDeadline(final DeadlineQueue queue) {
            Connection.this.onDeadline(queue);
        }
    }
}
