package io.holdfast.perf.peer;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** What the connections of one event loop share: lanes to Redis, encoders, ids. Owned by that loop. */
final class RedisLoop {
    private static final int IDS_PER_FILL = 256;
    private static final long VERSION_MASK = 0xFFFF_FFFF_FFFF_0FFFL;
    private static final long VERSION = 0x0000_0000_0000_4000L;
    private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long MS_PER_SECOND = 1_000;

    private static final AsciiString JSON = AsciiString.cached("application/json");
    private static final AsciiString PROBLEM = AsciiString.cached("application/problem+json");
    private static final HttpHeadersFactory HEADERS =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final List<RedisLane> lanes;
    private final AnswerJson json = new AnswerJson();
    private final SecureRandom random = new SecureRandom();
    private final ByteBuffer randomBytes = ByteBuffer.allocate(IDS_PER_FILL * 2 * Long.BYTES);

    private int handlers;
    private long dateSeconds;
    private AsciiString date = AsciiString.EMPTY_STRING;

    /** @param lanes at least one */
    RedisLoop(final List<RedisLane> lanes) {
        this.lanes = List.copyOf(lanes);
        randomBytes.position(randomBytes.limit());
    }

    /** A handler for one more connection; they take the lanes in turn. */
    RedisHandler newHandler(final Map<String, DropDefinition> drops) {
        handlers++;
        return new RedisHandler(this, lanes.get(handlers % lanes.size()), drops);
    }

    /** Not by the loop's thread. */
    void closeLanes() {
        lanes.forEach(RedisLane::close);
    }

    /** A random UUID; a system call serves many of them. */
    String nextHoldId() {
        if (!randomBytes.hasRemaining()) {
            random.nextBytes(randomBytes.array());
            randomBytes.clear();
        }
        return new UUID(randomBytes.getLong() & VERSION_MASK | VERSION, randomBytes.getLong() & VARIANT_MASK | VARIANT)
                .toString();
    }

    FullHttpResponse answer(final HoldRequest request, final Verdict verdict, final long nowMs) {
        final FullHttpResponse response = switch (verdict.kind()) {
            case GRANTED -> {
                final byte[] body = json.hold(request, verdict, nowMs);
                final FullHttpResponse created = response(HttpResponseStatus.CREATED, JSON, body, nowMs);
                created.headers().set(HttpHeaderNames.LOCATION, "/v1/holds/" + verdict.hold());
                yield created;
            }
            case SOLD_OUT ->
                response(HttpResponseStatus.CONFLICT, PROBLEM, json.soldOut(request.drop(), verdict), nowMs);
            case BUYER_LIMIT ->
                problem(HttpResponseStatus.CONFLICT, "buyer-limit", "The buyer holds " + verdict.count());
            case KEY_REUSED ->
                problem(HttpResponseStatus.UNPROCESSABLE_ENTITY, "key-reused", "Another press has that key");
            case UNKNOWN_SKU -> problem(HttpResponseStatus.NOT_FOUND, "unknown-sku", "The drop has no such SKU");
        };
        if (verdict.isReplayed() && verdict.kind() == Verdict.Kind.GRANTED) {
            response.headers().set("Idempotent-Replayed", "true");
        }
        return response;
    }

    FullHttpResponse problem(final HttpResponseStatus status, final String code, final String detail) {
        return response(status, PROBLEM, json.problem(status.code(), code, detail), System.currentTimeMillis());
    }

    FullHttpResponse plain(final HttpResponseStatus status, final byte[] body) {
        return response(status, JSON, body, System.currentTimeMillis());
    }

    private FullHttpResponse response(
            final HttpResponseStatus status, final AsciiString type, final byte[] body, final long nowMs) {
        final FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body), HEADERS, HEADERS);
        final HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.DATE, date(nowMs));
        headers.set(HttpHeaderNames.CONTENT_TYPE, type);
        headers.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
        return response;
    }

    /** Made once a second. */
    private AsciiString date(final long nowMs) {
        final long seconds = nowMs / MS_PER_SECOND;
        if (seconds != dateSeconds) {
            dateSeconds = seconds;
            date = AsciiString.of(DATE.format(Instant.ofEpochSecond(seconds)));
        }
        return date;
    }
}
