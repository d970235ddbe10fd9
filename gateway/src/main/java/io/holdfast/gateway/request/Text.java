package io.holdfast.gateway.request;

import java.nio.charset.StandardCharsets;

/** A short ASCII text in bytes of its own, used again and again. */
public final class Text {
    public static final int NAME_LENGTH_MAX = 64;
    public static final int KEY_LENGTH_MAX = 255;

    private final byte[] bytes = new byte[KEY_LENGTH_MAX];
    private int length;

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    public void clear() {
        length = 0;
    }

    /** Takes ASCII bytes over; whether they fit. */
    public boolean set(final byte[] source, final int offset, final int count) {
        if (count > bytes.length) {
            return false;
        }
        System.arraycopy(source, offset, bytes, 0, count);
        length = count;
        return true;
    }

    /** Takes characters over; whether they are visible ASCII and fit. */
    public boolean set(final CharSequence source, final int start, final int end) {
        length = 0;
        if (end - start > bytes.length) {
            return false;
        }
        for (int i = start; i < end; i++) {
            final char c = source.charAt(i);
            if (c <= ' ' || c >= 0x7F) {
                return false;
            }
            bytes[i - start] = (byte) c;
        }
        length = end - start;
        return true;
    }

    /** Adds one character; whether it is visible ASCII and fits. */
    boolean add(final char c) {
        if (c <= ' ' || c >= 0x7F || length == bytes.length) {
            return false;
        }
        bytes[length++] = (byte) c;
        return true;
    }

    /** 1 to 64 of {@code A-Z a-z 0-9 . _ : @ -}. */
    public boolean isName() {
        if (length == 0 || length > NAME_LENGTH_MAX) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!isNameByte(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether a string is such a name; null is none. */
    public static boolean isName(final String text) {
        if (text == null || text.isEmpty() || text.length() > NAME_LENGTH_MAX) {
            return false;
        }
        return text.chars().allMatch(c -> c < 0x7F && isNameByte((byte) c));
    }

    static boolean isNameByte(final byte b) {
        return b >= 'a' && b <= 'z' || b >= '0' && b <= ':' || b >= '@' && b <= 'Z' || b == '-' || b == '.' || b == '_';
    }

    public boolean is(final String other) {
        if (length != other.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[i] != other.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    boolean sameAs(final Text other) {
        if (length != other.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[i] != other.bytes[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }
}
