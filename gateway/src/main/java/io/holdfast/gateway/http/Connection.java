package io.holdfast.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.EpollSocketChannelConfig;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
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

    private static final int UNACKNOWLEDGED_MAX_MS = 30_000;
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final HttpLoop loop;
    private final boolean isTls;
    private final OpenCall call = new OpenCall();
    private final BodyGatherer body;
    private final RequestDecoder decoder;

    private ChannelHandlerContext ctx;

    // In work: from the end of a request to its answer, of which a stream has no end. Lingering: answered for the last
    // time, input is
    // thrown away. Stalled: the answer is written but the client does not read, so nothing more is decoded
    // for it.
    private long startNs;
    private boolean inBody;
    private boolean inWork;
    private boolean stalled;
    private boolean lingering;
    private boolean closed;
    private boolean closeAfterAnswer;

    /** The call in work is answered by a stream of events, and is the connection's last. */
    private boolean isStream;

    /** Null before it is one, and once nothing more is sent. */
    private EventStreams.Stream stream;

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
        forgetStream();
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
            refuse(faultOf(request.decoderResult().cause()));
            return;
        }
        final HeadFields fields = call.fields();
        call.begin(request.method().name(), request.uri());
        closeAfterAnswer = fields.isClose();
        if (!isHost(fields.host()) || fields.hasBothLengths()) {
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
            refuse(faultOf(content.decoderResult().cause()));
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
        if (inWork && !isStream) {
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

    private boolean beginStream(final Reply head, final EventFeed feed, final byte[] known) {
        if (loop.streams().isFull()) {
            return false;
        }
        isStream = true;
        final long nowNs = System.nanoTime();
        loop.handler().onSent(call.route(), head.status(), nowNs - startNs);
        loop.origins().addTo(head, call.fields().origin());
        loop.working().join(call, nowNs);
        stayWhenInputCloses(false);
        noticeWhenNobodyIsThere();
        ctx.write(loop.encoder().encodeHead(ctx.alloc(), head), ctx.voidPromise());
        stream = loop.streams().add(call, feed, known, nowNs);
        EventStreams.visit(stream, nowNs);
        if (stream != null && (loop.isDraining() || decoder.isInputClosed())) {
            endStream();
        }
        return true;
    }

    /** A client that has vanished acknowledges nothing; by itself the kernel would try for a quarter of an hour. */
    private void noticeWhenNobodyIsThere() {
        if (ctx.channel().config() instanceof EpollSocketChannelConfig config) {
            config.setTcpUserTimeout(UNACKNOWLEDGED_MAX_MS);
        }
    }

    private void endStream() {
        forgetStream();
        inWork = false;
        finish(loop.encoder().encodeEnd(ctx.alloc()), decoder.isEmpty());
    }

    private void forgetStream() {
        if (stream != null) {
            loop.streams().forget(stream);
            stream = null;
        }
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
        if (stream != null) {
            (ctx.channel().isWritable() ? loop.working() : loop.stalled()).join(call, System.nanoTime());
        } else if (stalled && ctx.channel().isWritable()) {
            stalled = false;
            goOn(System.nanoTime());
        }
    }

    @Override
    public void userEventTriggered(final ChannelHandlerContext ctx, final Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            if (stream != null) {
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

    private static Fault faultOf(final Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Fault.URI_TOO_LONG;
        }
        return cause instanceof TooLongHttpHeaderException ? Fault.HEADERS_TOO_LARGE : Fault.MALFORMED_REQUEST;
    }

    /** RFC 9112, 3.2: without one Host, and a sound one, two servers might answer for two sites. */
    private static boolean isHost(final String host) {
        if (host == null) {
            return false;
        }
        for (int i = 0; i < host.length(); i++) {
            final char c = host.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == '/' || c == '?' || c == '#' || c == '@' || c == ',') {
                return false;
            }
        }
        return true;
    }

    private final class OpenCall extends Call implements EventStreams.Receiver {
        @Override
        public void send(final Reply reply) {
            if (!inWork || isStream) {
                throw new IllegalStateException("a call was answered twice");
            }
            try {
                answer(reply);
            } catch (final RuntimeException | Error e) {
                fail(e);
            }
        }

        @Override
        public boolean stream(final Reply head, final EventFeed feed, final byte[] known) {
            if (!inWork || isStream) {
                throw new IllegalStateException("a call was answered twice");
            }
            return beginStream(head, feed, known);
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
            endStream();
        }

        @Override
        public void cut() {
            ctx.close();
        }

        @Override
        public void fail(final Throwable failure) {
            if (failure instanceof Error error) {
                loop.onError(error);
            }
            LOG.error("a request could not be handled", failure);
            if (inWork && !isStream) {
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
