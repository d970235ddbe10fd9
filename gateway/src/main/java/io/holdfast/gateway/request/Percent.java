package io.holdfast.gateway.request;

/** Undoes percent-encoding in a segment of a path or a value of a query (RFC 3986, 2.1). */
public final class Percent {
    private static final int ENCODED_LENGTH = 3;

    private Percent() {}

    /** Whether it is soundly encoded, and visible ASCII that fits when decoded. */
    public static boolean decode(final String source, final int start, final int end, final Text into) {
        if (source.indexOf('%', start) < 0) {
            return into.set(source, start, end);
        }
        into.clear();
        int at = start;
        while (at < end) {
            char c = source.charAt(at++);
            if (c == '%') {
                if (at + ENCODED_LENGTH - 1 > end) {
                    return false;
                }
                final int high = hex(source.charAt(at));
                final int low = hex(source.charAt(at + 1));
                if (high < 0 || low < 0) {
                    return false;
                }
                c = (char) (high << 4 | low);
                at += ENCODED_LENGTH - 1;
            }
            if (!into.add(c)) {
                return false;
            }
        }
        return true;
    }

    private static int hex(final char c) {
        return c < 0x7F ? Character.digit(c, 16) : -1;
    }
}
