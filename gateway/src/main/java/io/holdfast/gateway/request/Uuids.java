package io.holdfast.gateway.request;

/** Reads UUIDs of 36 characters, in upper or lower case. */
final class Uuids {
    static final int LENGTH = 36;

    private static final long HYPHENS = 1L << 8 | 1L << 13 | 1L << 18 | 1L << 23;
    private static final int FIRST_HALF_END = 18;

    private Uuids() {}

    static boolean isUuid(final CharSequence text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            final char c = text.charAt(i);
            final boolean right = (HYPHENS >>> i & 1) == 1 ? c == '-' : Character.digit(c, 16) >= 0 && c < 0x7F;
            if (!right) {
                return false;
            }
        }
        return true;
    }

    static long mostSignificantBits(final CharSequence uuid) {
        return hex(uuid, 0, FIRST_HALF_END);
    }

    static long leastSignificantBits(final CharSequence uuid) {
        return hex(uuid, FIRST_HALF_END + 1, LENGTH);
    }

    private static long hex(final CharSequence text, final int start, final int end) {
        long value = 0;
        for (int i = start; i < end; i++) {
            final char c = text.charAt(i);
            if (c != '-') {
                value = value << 4 | Character.digit(c, 16);
            }
        }
        return value;
    }
}
