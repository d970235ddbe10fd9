package io.holdfast.journal;

import org.agrona.DirectBuffer;

/** Questions about unwritten, that is zero, bytes. */
final class Zeros {
    private static final int WRITTEN_BITS_MIN = 2;

    private Zeros() {}

    static boolean isZero(final DirectBuffer buffer, final int offset, final int length) {
        return writtenLength(buffer, offset, length) == 0;
    }

    /** Bytes of the range up to its last non-zero one, that one included; 0 when all are zero. */
    static int writtenLength(final DirectBuffer buffer, final int offset, final int length) {
        int end = offset + length;
        while (end - offset >= Long.BYTES && buffer.getLong(end - Long.BYTES) == 0) {
            end -= Long.BYTES;
        }
        while (end > offset) {
            if (buffer.getByte(end - 1) != 0) {
                return end - offset;
            }
            end--;
        }
        return 0;
    }

    /** Whether any whole sector of the range, which begins on a sector, is zero. */
    static boolean hasZeroSector(final DirectBuffer buffer, final int offset, final int length) {
        for (int sector = 0; sector < length; sector += BatchLayout.SECTOR) {
            if (isZero(buffer, offset + sector, BatchLayout.SECTOR)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a whole sector within the range has fewer than two bits set. The range is given in offsets of a
     * buffer that begins on a sector. Usually the first word of each sector decides.
     */
    static boolean hasSparseSector(final DirectBuffer buffer, final int offset, final int length) {
        final int end = offset + length;
        for (int at = BatchLayout.alignToSector(offset); at + BatchLayout.SECTOR <= end; at += BatchLayout.SECTOR) {
            int bits = 0;
            for (int word = 0; word < BatchLayout.SECTOR && bits < WRITTEN_BITS_MIN; word += Long.BYTES) {
                bits += Long.bitCount(buffer.getLong(at + word));
            }
            if (bits < WRITTEN_BITS_MIN) {
                return true;
            }
        }
        return false;
    }
}
