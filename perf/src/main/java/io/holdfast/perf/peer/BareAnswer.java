package io.holdfast.perf.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.ReadOnlyHttpHeaders;
import io.netty.util.AsciiString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One constant answer, whose headers and body all responses share. For any thread. */
final class BareAnswer {
    private static final String OPENING = "{\"constant\":\"";
    private static final String END = "\"}";

    private final ByteBuf body;
    private final HttpHeaders headers;

    BareAnswer(final int bodyLength) {
        final byte[] bytes = body(bodyLength);
        this.body = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(
                ByteBuffer.allocateDirect(bytes.length).put(bytes).flip()));
        this.headers = new ReadOnlyHttpHeaders(
                false,
                HttpHeaderNames.CONTENT_TYPE,
                HttpHeaderValues.APPLICATION_JSON,
                HttpHeaderNames.CONTENT_LENGTH,
                AsciiString.cached(Integer.toString(bytes.length)));
    }

    private static byte[] body(final int length) {
        final byte[] filled = new byte[Math.max(0, length - OPENING.length() - END.length())];
        Arrays.fill(filled, (byte) 'x');
        return (OPENING + new String(filled, StandardCharsets.US_ASCII) + END).getBytes(StandardCharsets.US_ASCII);
    }

    FullHttpResponse next() {
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.CREATED, body.duplicate(), headers, EmptyHttpHeaders.INSTANCE);
    }
}
