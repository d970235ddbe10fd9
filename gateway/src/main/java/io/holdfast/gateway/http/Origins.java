package io.holdfast.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sites whose pages may read our answers in a browser; others may ask, and their browser keeps the answer from them.
 * Every answer to a request whose head was sound says so, refusals too, or a page could not tell "sold out" from a broken
 * line. Nothing here lets anybody in: keys and tokens do, and no cookie is ever taken. Immutable.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, 3.3: CORS protocol</a>
 */
public final class Origins {
    /** For a listener that no page is to call. */
    public static final Origins NONE = new Origins(List.of());

    private static final String EXPOSED = "Location, Retry-After, Idempotent-Replayed, WWW-Authenticate";
    private static final String REQUEST_FIELDS = "Authorization, Content-Type, Idempotency-Key, Last-Event-ID";
    private static final String PREFLIGHT_SECONDS = "600";

    /** An answer for one site must not be kept for another. */
    private static final byte[] VARY = ascii("Vary: Origin\r\n");

    private final Map<String, byte[]> fields;

    /** @param origins as browsers spell them: lower case, without a port that is the scheme's own */
    public Origins(final List<String> origins) {
        this.fields = origins.stream().distinct().collect(Collectors.toMap(Function.identity(), Origins::fields));
    }

    private static byte[] fields(final String origin) {
        return ascii("Access-Control-Allow-Origin: " + origin + "\r\nAccess-Control-Expose-Headers: " + EXPOSED
                + "\r\nVary: Origin\r\n");
    }

    /** Adds to any answer what a page's browser wants to know. */
    void addTo(final Reply reply, final String origin) {
        if (!fields.isEmpty()) {
            final byte[] allowed = origin == null ? null : fields.get(origin);
            reply.fields().raw(allowed == null ? VARY : allowed);
        }
    }

    /**
     * Whether a call is the question that a browser puts before the real one: whether it may.
     *
     * @return false, too, when the page comes from elsewhere: it then hears nothing
     */
    public boolean isPreflight(final Call call) {
        return call.fields().requestedMethod() != null
                && call.fields().origin() != null
                && fields.containsKey(call.fields().origin());
    }

    /** Answers that question, where pages may use any of these methods. */
    public void allow(final Reply reply, final String methods) {
        reply.field("Access-Control-Allow-Methods", methods)
                .field("Access-Control-Allow-Headers", REQUEST_FIELDS)
                .field("Access-Control-Max-Age", PREFLIGHT_SECONDS);
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
