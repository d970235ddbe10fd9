package io.holdfast.gateway.http;

import io.holdfast.gateway.json.JsonBuffer;
import io.holdfast.gateway.json.ProblemJson;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/**
 * Refusals that the edge decides by itself, each with its permanent code.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
public enum Fault {
    MALFORMED_REQUEST(
            400,
            "malformed-request",
            "Malformed HTTP request",
            "The request is not HTTP/1.1 as RFC 9112 has it, or could be read in two ways; the connection is closed."),
    INVALID_REQUEST(400, "invalid-request", "Invalid request", "The request is not what this path takes."),
    UNAUTHORIZED(401, "unauthorized", "Unauthorized", "A valid key is needed: Authorization: Bearer <key>."),
    FORBIDDEN(403, "forbidden", "Forbidden", "This key is not for this request."),
    NOT_FOUND(404, "not-found", "Not found", "There is nothing at this path."),
    UNKNOWN_DROP(404, "unknown-drop", "Unknown drop", "There is no such drop."),
    UNKNOWN_HOLD(404, "unknown-hold", "Unknown hold", "There is no such hold."),
    METHOD_NOT_ALLOWED(
            405,
            "method-not-allowed",
            "Method not allowed",
            "This path does not take this method; Allow names those that it takes."),
    REQUEST_TIMEOUT(
            408, "request-timeout", "Request timeout", "The request did not arrive in time; the connection is closed."),
    BODY_TOO_LARGE(413, "body-too-large", "Body too large", "A body may have 16384 bytes; the connection is closed."),
    URI_TOO_LONG(
            414,
            "uri-too-long",
            "Request line too long",
            "A request line may have 4096 bytes; the connection is closed."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "unsupported-media-type",
            "Unsupported media type",
            "A body must be application/json in UTF-8, without a content encoding."),
    EXPECTATION_FAILED(
            417,
            "expectation-failed",
            "Expectation failed",
            "The only expectation that can be met is 100-continue; the connection is closed."),
    RATE_LIMITED(429, "rate-limited", "Rate limited", "Too many requests; try again after Retry-After seconds."),
    HEADERS_TOO_LARGE(
            431,
            "headers-too-large",
            "Request headers too large",
            "A header may have 8192 bytes and 64 fields; the connection is closed."),
    INTERNAL(500, "internal", "Internal error", "The server failed at this request; what became of it is not known."),
    OVERLOADED(
            503,
            "overloaded",
            "Overloaded",
            "No room at the moment; nothing was done; try again after Retry-After seconds."),
    JOURNAL_FULL(
            503,
            "journal-full",
            "Journal full",
            "The journal has no room for this; nothing was done; try again after Retry-After seconds."),
    UNAVAILABLE(
            503,
            "unavailable",
            "Unavailable",
            "This cannot be had at the moment; the server's log says why; try again after Retry-After seconds."),
    SHUTTING_DOWN(
            503,
            "shutting-down",
            "Shutting down",
            "The server is stopping; try again with the same key after Retry-After seconds."),
    HTTP_VERSION(
            505,
            "http-version-not-supported",
            "HTTP version not supported",
            "Only HTTP/1.1 is spoken; the connection is closed.");

    private final int status;
    private final String code;
    private final String title;
    private final String detail;
    private final byte[] opening;

    Fault(final int status, final String code, final String title, final String detail) {
        this.status = status;
        this.code = code;
        this.title = title;
        this.detail = detail;
        this.opening = ProblemJson.opening(status, code, title, detail);
    }

    /** What is wrong with a request that the decoder gave up on. */
    static Fault of(final Throwable decoderFailure) {
        if (decoderFailure instanceof TooLongHttpLineException) {
            return URI_TOO_LONG;
        }
        return decoderFailure instanceof TooLongHttpHeaderException ? HEADERS_TOO_LARGE : MALFORMED_REQUEST;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String title() {
        return title;
    }

    public String detail() {
        return detail;
    }

    /** Writes the whole problem. */
    public Reply write(final Reply reply) {
        reply.begin(status, ContentType.PROBLEM).body().raw(opening).raw('}');
        return reply;
    }

    /** Writes the whole problem with a detail of its own. */
    public Reply write(final Reply reply, final String detail) {
        begin(reply, detail).raw('}');
        return reply;
    }

    /** Opens the problem in the reply; the caller may add members and must close the brace. */
    public JsonBuffer begin(final Reply reply, final String detail) {
        return reply.begin(status, ContentType.PROBLEM).body().raw(ProblemJson.opening(status, code, title, detail));
    }
}
