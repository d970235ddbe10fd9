package io.holdfast.gateway.request;

/**
 * The value of the Idempotency-Key field: quoted as a structured field's string, or bare.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9651#section-3.3.3">RFC 9651, 3.3.3</a>
 */
public final class IdempotencyKey {
    private static final String FIELD = "Idempotency-Key";

    private IdempotencyKey() {}

    /** Reads the key; without one it is left empty. */
    public static void read(final String value, final Text into) throws InvalidRequest {
        into.clear();
        if (value == null) {
            return;
        }
        final boolean right = value.startsWith("\"") ? quoted(value, into) : into.set(value, 0, value.length());
        if (!right || into.isEmpty()) {
            throw new InvalidRequest(FIELD, "1 to 255 visible ASCII characters, quoted or bare, are needed");
        }
    }

    public static void require(final Text key) throws InvalidRequest {
        if (key.isEmpty()) {
            throw new InvalidRequest(FIELD, "is needed");
        }
    }

    private static boolean quoted(final String value, final Text into) {
        final int last = value.length() - 1;
        if (last < 1 || value.charAt(last) != '"') {
            return false;
        }
        for (int i = 1; i < last; i++) {
            char c = value.charAt(i);
            if (c == '"') {
                return false;
            }
            if (c == '\\') {
                i++;
                c = value.charAt(i);
                if (i == last || c != '"' && c != '\\') {
                    return false;
                }
            }
            if (!into.add(c)) {
                return false;
            }
        }
        return true;
    }
}
