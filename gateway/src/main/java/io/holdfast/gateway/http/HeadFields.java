package io.holdfast.gateway.http;

import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.List;

/**
 * The header fields that the edge knows, of one request; the others are checked and forgotten.
 *
 * <p>Netty's decoder adds to it and asks it for the framing, so that framing and meaning never differ. It
 * takes the place of Netty's map, which costs most of what a request allocates. The decoder's other questions
 * get the empty answer of the superclass; among them the ancient WebSocket keys, by which it would expect
 * eight bytes of body.
 */
public final class HeadFields extends EmptyHttpHeaders {
    private static final AsciiString HOLDFAST_SIGNATURE = AsciiString.cached("holdfast-signature");
    private static final AsciiString LAST_EVENT_ID = AsciiString.cached("last-event-id");
    private static final AsciiString IDEMPOTENCY_KEY = AsciiString.cached("idempotency-key");

    private String host;
    private String contentLength;
    private String transferEncoding;
    private String contentType;
    private String contentEncoding;
    private String authorization;
    private String idempotencyKey;
    private String signature;
    private String connection;
    private String expect;
    private String origin;
    private String requestedMethod;
    private String lastEventId;

    HeadFields() {}

    public String authorization() {
        return authorization;
    }

    public String idempotencyKey() {
        return idempotencyKey;
    }

    public String signature() {
        return signature;
    }

    public String contentType() {
        return contentType;
    }

    public String contentEncoding() {
        return contentEncoding;
    }

    /** Where the page comes from that a browser asks for (the Fetch standard, 3.2). */
    public String origin() {
        return origin;
    }

    /** The method that a browser asks about before it uses it. */
    public String requestedMethod() {
        return requestedMethod;
    }

    /** Of which event a stream is to go on. */
    public String lastEventId() {
        return lastEventId;
    }

    /** RFC 9112, 3.2: without one Host, and a sound one, two servers might answer for two sites. */
    boolean isHostSound() {
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

    String expect() {
        return expect;
    }

    boolean isChunked() {
        return transferEncoding != null;
    }

    boolean hasBothLengths() {
        return transferEncoding != null && contentLength != null;
    }

    /** The announced length, which the decoder has checked; 0 when there is none. */
    long contentLength() {
        return contentLength == null ? 0 : Long.parseLong(contentLength);
    }

    boolean isClose() {
        return connection != null
                && (AsciiString.contentEqualsIgnoreCase(connection, "close")
                        || connection.indexOf(',') >= 0 && hasClose(connection));
    }

    void reset() {
        host = null;
        contentLength = null;
        transferEncoding = null;
        contentType = null;
        contentEncoding = null;
        authorization = null;
        idempotencyKey = null;
        signature = null;
        connection = null;
        expect = null;
        origin = null;
        requestedMethod = null;
        lastEventId = null;
    }

    @Override
    public HttpHeaders add(final CharSequence name, final Object value) {
        final String text = (String) value;
        if (name.length() == 0 || HttpHeaderValidationUtil.validateToken(name) != -1) {
            throw new IllegalArgumentException("a header field's name has a character that it must not have");
        }
        if (HttpHeaderValidationUtil.validateValidHeaderValue(text) != -1) {
            throw new IllegalArgumentException("a header field's value has a character that it must not have");
        }
        keep((AsciiString) name, text);
        return this;
    }

    private void keep(final AsciiString name, final String value) {
        switch (name.length()) {
            case 4 -> host = is(name, HttpHeaderNames.HOST) ? once(host, value) : host;
            case 6 -> {
                if (is(name, HttpHeaderNames.EXPECT)) {
                    expect = once(expect, value);
                } else if (is(name, HttpHeaderNames.ORIGIN)) {
                    origin = once(origin, value);
                }
            }
            case 10 -> connection = is(name, HttpHeaderNames.CONNECTION) ? joined(connection, value) : connection;
            case 12 -> contentType = is(name, HttpHeaderNames.CONTENT_TYPE) ? once(contentType, value) : contentType;
            case 13 -> {
                if (is(name, HttpHeaderNames.AUTHORIZATION)) {
                    authorization = once(authorization, value);
                } else if (is(name, LAST_EVENT_ID)) {
                    lastEventId = once(lastEventId, value);
                }
            }
            case 14 ->
                contentLength = is(name, HttpHeaderNames.CONTENT_LENGTH) ? once(contentLength, value) : contentLength;
            case 15 -> idempotencyKey = is(name, IDEMPOTENCY_KEY) ? once(idempotencyKey, value) : idempotencyKey;
            case 16 ->
                contentEncoding =
                        is(name, HttpHeaderNames.CONTENT_ENCODING) ? joined(contentEncoding, value) : contentEncoding;
            case 17 -> {
                if (is(name, HttpHeaderNames.TRANSFER_ENCODING)) {
                    transferEncoding = onlyChunked(once(transferEncoding, value));
                }
            }
            case 18 -> signature = is(name, HOLDFAST_SIGNATURE) ? once(signature, value) : signature;
            case 29 ->
                requestedMethod = is(name, HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD)
                        ? once(requestedMethod, value)
                        : requestedMethod;
            default -> {}
        }
    }

    private static boolean is(final AsciiString name, final AsciiString known) {
        return known.contentEqualsIgnoreCase(name);
    }

    /** Of two values for one thing, somebody on the way would have taken the other. */
    private static String once(final String before, final String value) {
        if (before != null) {
            throw new IllegalArgumentException("a header field that may come once came twice");
        }
        return value;
    }

    private static String joined(final String before, final String value) {
        return before == null ? value : before + ',' + value;
    }

    /** Other codings would have to be undone before the length is known; no client of ours needs one. */
    private static String onlyChunked(final String value) {
        if (!AsciiString.contentEqualsIgnoreCase(value, "chunked")) {
            throw new IllegalArgumentException("the only transfer coding taken is chunked");
        }
        return value;
    }

    private static boolean hasClose(final String connection) {
        for (final String option : connection.split(",", -1)) {
            if (option.trim().equalsIgnoreCase("close")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<String> getAll(final CharSequence name) {
        final String value = framing(name);
        return value == null ? List.of() : List.of(value);
    }

    @Override
    public boolean contains(final CharSequence name) {
        return framing(name) != null;
    }

    @Override
    public Iterator<? extends CharSequence> valueCharSequenceIterator(final CharSequence name) {
        return getAll(name).iterator();
    }

    private String framing(final CharSequence name) {
        if (name == HttpHeaderNames.CONTENT_LENGTH) {
            return contentLength;
        }
        return name == HttpHeaderNames.TRANSFER_ENCODING ? transferEncoding : null;
    }
}
