package io.holdfast.settlement.redis;

/** Decimal and hexadecimal numbers as ASCII, without a string in between. */
final class AsciiDigits {
    /** Length of a UUID in words. */
    static final int UUID_LENGTH = 36;

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private AsciiDigits() {}

    /** Writes a number that is not negative, and returns the offset behind it. */
    static int put(final long value, final byte[] into, final int offset) {
        int end = offset + 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            end++;
        }
        long rest = value;
        for (int i = end - 1; i >= offset; i--) {
            into[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return end;
    }

    /** Writes a number of that many digits, zeros before it, and returns the offset behind it. */
    static int putPadded(final int value, final int digits, final byte[] into, final int offset) {
        int rest = value;
        for (int i = offset + digits - 1; i >= offset; i--) {
            into[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return offset + digits;
    }

    /** Writes a UUID in lower case, and returns the offset behind it. */
    static int putUuid(final long most, final long least, final byte[] into, final int offset) {
        int at = putHex(most >>> 32, 8, into, offset);
        into[at++] = '-';
        at = putHex(most >>> 16, 4, into, at);
        into[at++] = '-';
        at = putHex(most, 4, into, at);
        into[at++] = '-';
        at = putHex(least >>> 48, 4, into, at);
        into[at++] = '-';
        return putHex(least, 12, into, at);
    }

    private static int putHex(final long value, final int digits, final byte[] into, final int offset) {
        int at = offset;
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            into[at++] = (byte) HEX[(int) (value >>> shift) & 0xF];
        }
        return at;
    }

    /**
     * Whether the bytes from the offset to the end are a UUID as {@link #putUuid} writes it; {@link #most} and {@link
     * #least} then read it.
     */
    static boolean isUuid(final byte[] bytes, final int offset) {
        if (bytes.length - offset != UUID_LENGTH) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            final byte b = bytes[offset + i];
            final boolean isDash = i == 8 || i == 13 || i == 18 || i == 23;
            if (isDash ? b != '-' : !(b >= '0' && b <= '9' || b >= 'a' && b <= 'f')) {
                return false;
            }
        }
        return true;
    }

    static long most(final byte[] bytes, final int offset) {
        return hex(bytes, offset, 18);
    }

    static long least(final byte[] bytes, final int offset) {
        return hex(bytes, offset + 19, 17);
    }

    private static long hex(final byte[] bytes, final int offset, final int length) {
        long value = 0;
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] != '-') {
                value = value << 4 | (bytes[i] <= '9' ? bytes[i] - '0' : bytes[i] - 'a' + 10);
            }
        }
        return value;
    }
}
