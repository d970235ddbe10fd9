package io.holdfast.core;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * A 64-bit hash over the entries of a canonical snapshot, in their order. Two states with the same hash are taken for
 * the same: it guards against bugs and rot, not against an adversary.
 *
 * <p>Each 8-byte word, the length of each entry included, is folded in by the 128-bit product with an odd constant.
 */
final class StateHash {
    private static final long SEED = 0x486F_6C64_6661_7374L;
    private static final long MULTIPLIER = 0x9FB2_1C65_1E98_DF25L;

    private long hash = SEED;

    void reset() {
        hash = SEED;
    }

    void update(final DirectBuffer buffer, final int offset, final int length) {
        fold(length);
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            fold(buffer.getLong(offset + i, ByteOrder.LITTLE_ENDIAN));
        }
        if (i < length) {
            long tail = 0;
            for (int shift = 0; i < length; i++, shift += Byte.SIZE) {
                tail |= (buffer.getByte(offset + i) & 0xFFL) << shift;
            }
            fold(tail);
        }
    }

    long value() {
        final long mixed = (hash ^ (hash >>> 32)) * MULTIPLIER;
        return mixed ^ (mixed >>> 29);
    }

    private void fold(final long word) {
        final long mixed = Long.rotateLeft(hash, 23) ^ word;
        hash = (mixed * MULTIPLIER) ^ Math.multiplyHigh(mixed, MULTIPLIER) ^ mixed;
    }
}
