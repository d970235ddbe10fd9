package io.holdfast.gateway.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * A growing array of bytes that knows how JSON spells things. Owned by one thread and used again and again,
 * so that the hot path makes no intermediate strings.
 */
public final class JsonBuffer {
    private static final int INITIAL_LENGTH = 1024;
    private static final int LONG_LENGTH_MAX = 20;
    private static final int ESCAPE_LENGTH = 6;
    private static final int UUID_LENGTH = 36;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] digits = new byte[LONG_LENGTH_MAX];

    private byte[] bytes = new byte[INITIAL_LENGTH];
    private int length;

    public JsonBuffer clear() {
        length = 0;
        return this;
    }

    /**
     * The bytes written so far are the first {@link #length()} of it; the array changes when the buffer
     * grows.
     */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Writes ASCII as it is: punctuation, names of members, literals. */
    public JsonBuffer raw(final byte[] ascii) {
        ensure(ascii.length);
        System.arraycopy(ascii, 0, bytes, length, ascii.length);
        length += ascii.length;
        return this;
    }

    /** Writes what another buffer holds, as it is. */
    public JsonBuffer raw(final JsonBuffer other) {
        ensure(other.length);
        System.arraycopy(other.bytes, 0, bytes, length, other.length);
        length += other.length;
        return this;
    }

    /** Writes ASCII as it is; for rare paths, since it takes the bytes out of a string. */
    public JsonBuffer raw(final String ascii) {
        return raw(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    public JsonBuffer raw(final char ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /** Writes a string in quotes, escaped, as UTF-8. */
    public JsonBuffer string(final String text) {
        final byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ensure(utf8.length + 2);
        bytes[length++] = '"';
        for (final byte b : utf8) {
            escaped(b);
        }
        return raw('"');
    }

    /** Writes UTF-8 text in quotes, escaped. */
    public JsonBuffer string(final DirectBuffer utf8, final int offset, final int textLength) {
        ensure(textLength + 2);
        bytes[length++] = '"';
        utf8.getBytes(offset, bytes, length, textLength);
        if (isPlain(length, length + textLength)) {
            length += textLength;
        } else {
            for (int i = offset; i < offset + textLength; i++) {
                escaped(utf8.getByte(i));
            }
        }
        return raw('"');
    }

    public JsonBuffer number(final long value) {
        ensure(LONG_LENGTH_MAX);
        if (value == Long.MIN_VALUE) {
            return raw("-9223372036854775808");
        }
        long rest = value;
        if (rest < 0) {
            bytes[length++] = '-';
            rest = -rest;
        }
        int at = digits.length;
        do {
            digits[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        System.arraycopy(digits, at, bytes, length, digits.length - at);
        length += digits.length - at;
        return this;
    }

    /** Writes an RFC 3339 time in UTC with milliseconds, in quotes. */
    public JsonBuffer time(final long epochMs) {
        ensure(Rfc3339.LENGTH_MAX + 2);
        bytes[length++] = '"';
        length = Rfc3339.write(epochMs, bytes, length);
        bytes[length++] = '"';
        return this;
    }

    /** Writes a UUID in quotes, in lower case. */
    public JsonBuffer uuid(final long mostSignificantBits, final long leastSignificantBits) {
        raw('"');
        return bareUuid(mostSignificantBits, leastSignificantBits).raw('"');
    }

    /** Writes a UUID without quotes, in lower case. */
    public JsonBuffer bareUuid(final long mostSignificantBits, final long leastSignificantBits) {
        ensure(UUID_LENGTH);
        hex(mostSignificantBits >>> 32, 8);
        bytes[length++] = '-';
        hex(mostSignificantBits >>> 16, 4);
        bytes[length++] = '-';
        hex(mostSignificantBits, 4);
        bytes[length++] = '-';
        hex(leastSignificantBits >>> 48, 4);
        bytes[length++] = '-';
        hex(leastSignificantBits, 12);
        return this;
    }

    private void hex(final long value, final int digits) {
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[(int) (value >>> shift) & 0xF];
        }
    }

    private boolean isPlain(final int start, final int end) {
        for (int i = start; i < end; i++) {
            final byte b = bytes[i];
            if (b == '"' || b == '\\' || b >= 0 && b < ' ') {
                return false;
            }
        }
        return true;
    }

    private void escaped(final byte b) {
        if (b == '"' || b == '\\') {
            ensure(2);
            bytes[length++] = '\\';
            bytes[length++] = b;
        } else if (b >= 0 && b < ' ') {
            ensure(ESCAPE_LENGTH);
            raw("\\u00");
            hex(b, 2);
        } else {
            ensure(1);
            bytes[length++] = b;
        }
    }

    private void ensure(final int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
