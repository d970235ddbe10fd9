package io.holdfast.journal;

import java.nio.ByteOrder;

/**
 * What one group commit writes. Little endian; begins and ends on a sector, so no sector of an acknowledged
 * batch is ever written again by a later one.
 *
 * <pre>
 *  0                64                                                    length - 8   length
 *  +----------------+----------+----------+-- ... --+---------------------+------------+
 *  | batch header   | record 0 | record 1 |         | padding, 0xA5 each  | trailer    |
 *  +----------------+----------+----------+-- ... --+---------------------+------------+
 *  |<------------------------- under the batch's CRC ------------------->|
 *
 *  record, begins on 8 bytes         trailer
 *  +0   4  payload length            +0  4  CRC32C of all bytes of the batch before the trailer
 *  +4   4  mark 0xC3A5965A           +4  4  mark 0xA596C35A
 *  +8   8  sequence
 *  +16  8  timeMs
 *  +24  n  payload, padded with 0xA5 to 8
 * </pre>
 *
 * <p>Segments are prepared with zeros, so a sector that was not written is zero, and one that was written
 * must not be: padding and marks are non-zero, and a payload that would leave a sector with fewer than two
 * bits set is refused (two, so that one flipped bit cannot make a written sector look unwritten). The last
 * byte of a batch is non-zero for the same reason. See ADR 0002.
 */
final class BatchLayout {
    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    /** The unit a disk writes whole. */
    static final int SECTOR = 512;

    /** No batch of any version is longer: bounds what a reader allocates. */
    static final int BATCH_LENGTH_LIMIT = 16 * 1024 * 1024;

    static final int ALIGNMENT = 8;
    static final byte PADDING = (byte) 0xA5;

    static final int RECORD_LENGTH_OFFSET = 0;
    static final int RECORD_MARK_OFFSET = 4;
    static final int RECORD_SEQUENCE_OFFSET = 8;
    static final int RECORD_TIME_OFFSET = 16;
    static final int RECORD_HEADER_LENGTH = 24;
    static final int RECORD_MARK = 0xC3A5965A;

    static final int TRAILER_CHECKSUM_OFFSET = 0;
    static final int TRAILER_MARK_OFFSET = 4;
    static final int TRAILER_LENGTH = 8;

    /** In little endian its last byte is 0xA5: four bits set, so that one flipped bit never makes it zero. */
    static final int TRAILER_MARK = 0xA596C35A;

    private BatchLayout() {}

    static boolean isBatchLength(final int length) {
        return length >= SECTOR && length <= BATCH_LENGTH_LIMIT && length % SECTOR == 0;
    }

    /** The longest payload that a batch of this length can carry, alone. */
    static int payloadLengthMax(final int batchLength) {
        return batchLength - BatchHeader.LENGTH - RECORD_HEADER_LENGTH - TRAILER_LENGTH;
    }

    static int alignToRecord(final int offset) {
        return (offset + ALIGNMENT - 1) & -ALIGNMENT;
    }

    static int alignToSector(final int offset) {
        return (offset + SECTOR - 1) & -SECTOR;
    }
}
