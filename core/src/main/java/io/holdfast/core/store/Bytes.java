package io.holdfast.core.store;

import org.agrona.DirectBuffer;

/** Comparison and hashing of byte ranges. A hash only says where to look; equality is always of whole ranges. */
public final class Bytes {
    private static final long MULTIPLIER_A = 0x9E3779B97F4A7C15L;
    private static final long MULTIPLIER_B = 0xD6E8FEB86659FD93L;

    private Bytes() {}

    /** Compares word by word; the last word may overlap the one before it. */
    public static boolean equal(
            final DirectBuffer a, final int offsetA, final DirectBuffer b, final int offsetB, final int length) {
        if (length < Long.BYTES) {
            return tail(a, offsetA, length) == tail(b, offsetB, length);
        }
        final int last = length - Long.BYTES;
        for (int i = 0; i < last; i += Long.BYTES) {
            if (a.getLong(offsetA + i) != b.getLong(offsetB + i)) {
                return false;
            }
        }
        return a.getLong(offsetA + last) == b.getLong(offsetB + last);
    }

    /** Fewer than eight bytes as one word; of two ranges of one length, equal words mean equal bytes. */
    private static long tail(final DirectBuffer buffer, final int offset, final int length) {
        if (length >= Integer.BYTES) {
            return (long) buffer.getInt(offset) << Integer.SIZE
                    | buffer.getInt(offset + length - Integer.BYTES) & 0xFFFF_FFFFL;
        }
        if (length == 0) {
            return 0;
        }
        // One to three bytes: the first, the middle and the last, which may be the same.
        return (buffer.getByte(offset) & 0xFFL) << 16
                | (buffer.getByte(offset + (length >>> 1)) & 0xFFL) << 8
                | buffer.getByte(offset + length - 1) & 0xFFL;
    }

    /** Whether all of it is ASCII that prints, blanks excluded; such bytes survive being made a string of and back. */
    public static boolean isVisibleAscii(final DirectBuffer buffer, final int offset, final int length) {
        for (int i = 0; i < length; i++) {
            final byte each = buffer.getByte(offset + i);
            if (each <= ' ' || each > '~') {
                return false;
            }
        }
        return true;
    }

    /**
     * A seeded 64-bit hash. The seed keeps a client that picks names from aiming at one bucket; it differs from process
     * to process, which is harmless since nothing observable depends on it.
     */
    public static long hash(final long seed, final DirectBuffer buffer, final int offset, final int length) {
        long hash = seed ^ (length * MULTIPLIER_A);
        if (length < Long.BYTES) {
            return finish(fold(hash ^ tail(buffer, offset, length), MULTIPLIER_B));
        }
        final int last = length - Long.BYTES;
        for (int i = 0; i < last; i += Long.BYTES) {
            hash = fold(hash ^ buffer.getLong(offset + i), MULTIPLIER_B);
        }
        return finish(fold(hash ^ buffer.getLong(offset + last), MULTIPLIER_B));
    }

    public static long hash(final long seed, final long a, final long b) {
        return finish(fold(fold(seed ^ a, MULTIPLIER_B) ^ b, MULTIPLIER_A));
    }

    /** The 128-bit product folded to 64 bits, with both factors kept from being lost to a zero. */
    private static long fold(final long value, final long multiplier) {
        return (value * multiplier) ^ Math.multiplyHigh(value, multiplier) ^ value;
    }

    private static long finish(final long value) {
        final long mixed = (value ^ (value >>> 32)) * MULTIPLIER_A;
        return mixed ^ (mixed >>> 29);
    }
}
