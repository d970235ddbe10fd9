package io.holdfast.gateway.http;

import java.nio.charset.StandardCharsets;

/** What a body is. */
public enum ContentType {
    NONE(null),
    JSON("application/json"),
    PROBLEM("application/problem+json"),
    EVENTS("text/event-stream"),
    METRICS("text/plain; version=0.0.4; charset=utf-8");

    private final byte[] field;

    ContentType(final String value) {
        this.field =
                value == null ? new byte[0] : ("Content-Type: " + value + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The whole header field, its line end included. */
    byte[] field() {
        return field;
    }
}
