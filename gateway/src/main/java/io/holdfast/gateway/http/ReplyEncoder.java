package io.holdfast.gateway.http;

import io.holdfast.gateway.json.JsonBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes a reply as the bytes of one HTTP response, into one buffer. One for each event loop. */
final class ReplyEncoder {
    private static final int STATUS_MAX = 600;
    private static final int NO_CONTENT = 204;
    private static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");
    private static final byte[] NO_STORE = ascii("Cache-Control: no-store\r\n");
    private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
    private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
    private static final byte[] LAST_CHUNK = ascii("0\r\n\r\n");
    private static final byte[] CLOSE = ascii("Connection: close\r\n");
    private static final byte[] LINE_END = ascii("\r\n");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final byte[][] statusLines = new byte[STATUS_MAX][];
    private final JsonBuffer head = new JsonBuffer();

    private long dateSeconds;
    private byte[] date;

    ReplyEncoder() {
        refreshDate(System.currentTimeMillis());
    }

    /** RFC 9110, 6.6.1: a Date in every answer; made once a second. */
    void refreshDate(final long nowMs) {
        final long seconds = nowMs / 1000;
        if (seconds != dateSeconds) {
            dateSeconds = seconds;
            date = ascii("Date: " + DATE.format(Instant.ofEpochSecond(seconds)) + "\r\n");
        }
    }

    ByteBuf continueReply(final ByteBufAllocator allocator) {
        return allocator.ioBuffer(CONTINUE.length).writeBytes(CONTINUE);
    }

    ByteBuf encode(final ByteBufAllocator allocator, final Reply reply, final boolean headOnly, final boolean close) {
        final JsonBuffer body = reply.body();
        beginHead(reply);
        if (reply.status() != NO_CONTENT && reply.contentType() != ContentType.EVENTS) {
            head.raw(CONTENT_LENGTH).number(body.length()).raw(LINE_END);
        }
        head.raw(reply.fields());
        if (close) {
            head.raw(CLOSE);
        }
        head.raw(LINE_END);
        final int bodyLength = headOnly ? 0 : body.length();
        return allocator
                .ioBuffer(head.length() + bodyLength)
                .writeBytes(head.bytes(), 0, head.length())
                .writeBytes(body.bytes(), 0, bodyLength);
    }

    /** The head of an answer that comes in pieces, whose length nobody knows, and the connection's last. */
    ByteBuf encodeHead(final ByteBufAllocator allocator, final Reply reply) {
        beginHead(reply);
        head.raw(CHUNKED).raw(reply.fields()).raw(CLOSE).raw(LINE_END);
        return allocator.ioBuffer(head.length()).writeBytes(head.bytes(), 0, head.length());
    }

    /** One of those pieces (RFC 9112, 7.1). */
    ByteBuf encodeChunk(final ByteBufAllocator allocator, final byte[] bytes) {
        final byte[] length = ascii(Integer.toHexString(bytes.length) + "\r\n");
        return allocator
                .ioBuffer(length.length + bytes.length + LINE_END.length)
                .writeBytes(length)
                .writeBytes(bytes)
                .writeBytes(LINE_END);
    }

    /** What stands behind the last of them. */
    ByteBuf encodeEnd(final ByteBufAllocator allocator) {
        return allocator.ioBuffer(LAST_CHUNK.length).writeBytes(LAST_CHUNK);
    }

    private void beginHead(final Reply reply) {
        head.clear()
                .raw(statusLine(reply.status()))
                .raw(date)
                .raw(reply.contentType().field())
                .raw(NO_STORE);
    }

    private byte[] statusLine(final int status) {
        byte[] line = statusLines[status];
        if (line == null) {
            line = ascii("HTTP/1.1 " + status + ' '
                    + HttpResponseStatus.valueOf(status).reasonPhrase() + "\r\n");
            statusLines[status] = line;
        }
        return line;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
