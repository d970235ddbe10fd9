package io.holdfast.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Netty's decoder in its strict mode, behind a scan of each head and a gate.
 *
 * <p>The gate falls behind each complete request and is lifted by {@link #next}: what was pipelined stays
 * undecoded until then, and once a read has ended with such bytes the socket is no longer read.
 */
final class RequestDecoder extends HttpRequestDecoder {
    private static final int CHUNK_BYTES_MAX = 16 * 1024;

    /** Trailer fields are checked by the decoder as lines, and mean nothing here. */
    private static final class DiscardedTrailers extends EmptyHttpHeaders implements HttpHeadersFactory {
        @Override
        public HttpHeaders add(final CharSequence name, final Object value) {
            return this;
        }

        @Override
        public HttpHeaders newHeaders() {
            return this;
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
            return this;
        }
    }

    private final HeadFields fields;
    private final HeadScan scan = new HeadScan();

    private ChannelHandlerContext ctx;

    // The gate is closed from the end of a request to its answer. Refused: whatever comes is thrown away.
    private boolean headExpected = true;
    private boolean gateClosed;
    private boolean refused;
    private boolean decoding;
    private boolean inputClosed;

    RequestDecoder(final HeadFields fields) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(HeadScan.REQUEST_LINE_BYTES_MAX)
                .setMaxHeaderSize(HeadScan.HEADER_BYTES_MAX)
                .setMaxChunkSize(CHUNK_BYTES_MAX)
                .setAllowDuplicateContentLengths(false)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true)
                .setTrailersFactory(new DiscardedTrailers()));
        this.fields = fields;
    }

    @Override
    public void handlerAdded(final ChannelHandlerContext ctx) {
        this.ctx = ctx;
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object input) throws Exception {
        decoding = true;
        try {
            super.channelRead(ctx, input);
        } finally {
            decoding = false;
        }
    }

    @Override
    protected void decode(final ChannelHandlerContext ctx, final ByteBuf in, final List<Object> out) throws Exception {
        if (refused) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (gateClosed) {
            return;
        }
        if (headExpected) {
            switch (scan.scan(in)) {
                case MORE -> {
                    return;
                }
                case REFUSED -> {
                    refused = true;
                    in.skipBytes(in.readableBytes());
                    out.add(scan.fault());
                    return;
                }
                case COMPLETE -> {
                    headExpected = false;
                    scan.reset();
                }
            }
        }
        super.decode(ctx, in, out);
        if (!out.isEmpty() && out.get(out.size() - 1) instanceof LastHttpContent) {
            gateClosed = true;
            headExpected = true;
        }
    }

    @Override
    protected HttpMessage createMessage(final String[] initialLine) {
        fields.reset();
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(initialLine[0]), initialLine[1], fields);
    }

    /** Lifts the gate and decodes what has been waiting behind it. */
    void next() throws Exception {
        gateClosed = false;
        fields.reset(); // what is refused before its fields are read must not be taken for one with these
        if (decoding) {
            return;
        }
        if (!isEmpty()) {
            channelRead(ctx, Unpooled.EMPTY_BUFFER);
            ctx.fireChannelReadComplete();
        }
        final ChannelConfig config = ctx.channel().config();
        if (!gateClosed && !inputClosed && !config.isAutoRead() && ctx.channel().isActive()) {
            config.setAutoRead(true);
        }
    }

    /** From now on input is thrown away, whatever it is. */
    void refuse() {
        refused = true;
    }

    /** Whether bytes of a head are waiting for the rest of it. */
    boolean isHeadUnderWay() {
        return headExpected && !gateClosed && scan.isUnderWay();
    }

    /** Whether all that was read has been decoded. */
    boolean isEmpty() {
        return actualReadableBytes() == 0;
    }

    /** Whether the client has said that nothing more will come. */
    boolean isInputClosed() {
        return inputClosed;
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext ctx) throws Exception {
        super.channelReadComplete(ctx);
        if (gateClosed && !isEmpty()) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    /**
     * A client may close its sending side and wait for the answer: what was read stays, other than in the
     * superclass.
     */
    @Override
    public void userEventTriggered(final ChannelHandlerContext ctx, final Object event) throws Exception {
        if (event instanceof ChannelInputShutdownEvent) {
            inputClosed = true;
        }
        ctx.fireUserEventTriggered(event);
    }
}
