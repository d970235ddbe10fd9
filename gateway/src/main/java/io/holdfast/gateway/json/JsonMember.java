package io.holdfast.gateway.json;

import java.nio.charset.StandardCharsets;

/** Spells the fixed parts of a JSON text once, at class loading. */
final class JsonMember {
    private JsonMember() {}

    static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
