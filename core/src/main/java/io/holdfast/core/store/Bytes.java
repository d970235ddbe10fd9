package io.holdfast.core.store;

import org.agrona.DirectBuffer;

/** Comparison and hashing of byte ranges. A hash only says where to look; equality is always of whole ranges. */
public final class Bytes {
    private static final long MULTIPLIER_A = 0x9E3779B97F4A7C15L;
    private static final long MULTIPLIER_B = 0xD6E8FEB86659FD93L;

    private Bytes() {}

    public static boolean equal(
            final DirectBuffer a, final int offsetA, final DirectBuffer b, final int offsetB, final int length) {
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            if (a.getLong(offsetA + i) != b.getLong(offsetB + i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (a.getByte(offsetA + i) != b.getByte(offsetB + i)) {
                return false;
            }
        }
        return true;
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
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            hash = fold(hash ^ buffer.getLong(offset + i), MULTIPLIER_B);
        }
        if (i < length) {
            long tail = 0;
            for (int shift = 0; i < length; i++, shift += Byte.SIZE) {
                tail |= (buffer.getByte(offset + i) & 0xFFL) << shift;
            }
            hash = fold(hash ^ tail, MULTIPLIER_B);
        }
        return finish(hash);
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
