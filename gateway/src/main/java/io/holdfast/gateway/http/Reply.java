package io.holdfast.gateway.http;

import io.holdfast.gateway.json.JsonBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What is to be answered. One for each event loop, filled and sent before the next: {@link Call#send} copies
 * it.
 */
public final class Reply {
    private static final byte[] RETRY_AFTER = "Retry-After: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LINE_END = "\r\n".getBytes(StandardCharsets.US_ASCII);

    private final JsonBuffer fields = new JsonBuffer();
    private final JsonBuffer body = new JsonBuffer();

    private int status;
    private ContentType contentType = ContentType.NONE;

    public Reply begin(final int status, final ContentType contentType) {
        this.status = status;
        this.contentType = contentType;
        fields.clear();
        body.clear();
        return this;
    }

    public int status() {
        return status;
    }

    public JsonBuffer body() {
        return body;
    }

    /** Further header fields, each with its line end; what goes in must be free of line ends of its own. */
    public JsonBuffer fields() {
        return fields;
    }

    public Reply field(final String name, final String value) {
        fields.raw(name).raw(": ").raw(value).raw("\r\n");
        return this;
    }

    /** RFC 9110, 10.2.3: whole seconds. */
    public Reply retryAfter(final long seconds) {
        fields.raw(RETRY_AFTER).number(seconds).raw(LINE_END);
        return this;
    }

    ContentType contentType() {
        return contentType;
    }
}
