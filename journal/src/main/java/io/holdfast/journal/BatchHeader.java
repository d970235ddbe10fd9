package io.holdfast.journal;

import org.agrona.DirectBuffer;

/**
 * The first 64 bytes of a batch, with a CRC of their own, so that a batch whose body is torn still tells its
 * length.
 *
 * <pre>
 *  +0   4  magic "HFBT"
 *  +4   2  format version
 *  +6   2  type: 1 data, 2 open, 3 close
 *  +8   4  epoch: which start of the server wrote it
 *  +12  4  batch length, a multiple of 512
 *  +16  4  the largest batch length of this epoch: bounds what may lie beyond
 *  +20  4  record count
 *  +24  8  first sequence; without records the last sequence before
 *  +32  8  position of this very batch: a batch in the wrong place is known at once
 *  +40  4  checksum of the previous batch, over segments too; 0 in the first: the chain
 *  +44  4  tag of the journal: CRC32C of its id
 *  +48  8  timeMs of the last record; without records the last one before
 *  +56  4  reserved, 0
 *  +60  4  CRC32C of the 60 bytes before
 * </pre>
 *
 * <p>Mutable and reused: one per reader and one per writer.
 */
final class BatchHeader {
    static final int LENGTH = 64;
    static final int MAGIC = 'H' | 'F' << 8 | 'B' << 16 | 'T' << 24;
    static final int VERSION = 1;

    private static final int MAGIC_OFFSET = 0;
    private static final int VERSION_OFFSET = 4;
    private static final int TYPE_OFFSET = 6;
    private static final int EPOCH_OFFSET = 8;
    private static final int BATCH_LENGTH_OFFSET = 12;
    private static final int BATCH_LENGTH_MAX_OFFSET = 16;
    private static final int RECORD_COUNT_OFFSET = 20;
    private static final int FIRST_SEQUENCE_OFFSET = 24;
    private static final int POSITION_OFFSET = 32;
    private static final int PREVIOUS_CHECKSUM_OFFSET = 40;
    private static final int JOURNAL_TAG_OFFSET = 44;
    private static final int TIME_OFFSET = 48;
    private static final int RESERVED_OFFSET = 56;
    private static final int CHECKSUM_OFFSET = 60;

    int version;
    int typeCode;
    int epoch;
    int batchLength;
    int batchLengthMax;
    int recordCount;
    long firstSequence;
    long position;
    int previousChecksum;
    int journalTag;
    long timeMs;

    /** Whether there is a header with a right magic and checksum; says nothing of its meaning. */
    static boolean isReadable(final ChecksumBuffer source, final int offset) {
        final DirectBuffer buffer = source.buffer();
        return buffer.getInt(offset + MAGIC_OFFSET, BatchLayout.ORDER) == MAGIC
                && buffer.getInt(offset + CHECKSUM_OFFSET, BatchLayout.ORDER)
                        == source.checksum(offset, CHECKSUM_OFFSET);
    }

    void decode(final ChecksumBuffer source, final int offset) {
        final DirectBuffer buffer = source.buffer();
        version = buffer.getShort(offset + VERSION_OFFSET, BatchLayout.ORDER) & 0xFFFF;
        typeCode = buffer.getShort(offset + TYPE_OFFSET, BatchLayout.ORDER) & 0xFFFF;
        epoch = buffer.getInt(offset + EPOCH_OFFSET, BatchLayout.ORDER);
        batchLength = buffer.getInt(offset + BATCH_LENGTH_OFFSET, BatchLayout.ORDER);
        batchLengthMax = buffer.getInt(offset + BATCH_LENGTH_MAX_OFFSET, BatchLayout.ORDER);
        recordCount = buffer.getInt(offset + RECORD_COUNT_OFFSET, BatchLayout.ORDER);
        firstSequence = buffer.getLong(offset + FIRST_SEQUENCE_OFFSET, BatchLayout.ORDER);
        position = buffer.getLong(offset + POSITION_OFFSET, BatchLayout.ORDER);
        previousChecksum = buffer.getInt(offset + PREVIOUS_CHECKSUM_OFFSET, BatchLayout.ORDER);
        journalTag = buffer.getInt(offset + JOURNAL_TAG_OFFSET, BatchLayout.ORDER);
        timeMs = buffer.getLong(offset + TIME_OFFSET, BatchLayout.ORDER);
    }

    void encode(final ChecksumBuffer target, final int offset) {
        final var buffer = target.buffer();
        buffer.putInt(offset + MAGIC_OFFSET, MAGIC, BatchLayout.ORDER);
        buffer.putShort(offset + VERSION_OFFSET, (short) version, BatchLayout.ORDER);
        buffer.putShort(offset + TYPE_OFFSET, (short) typeCode, BatchLayout.ORDER);
        buffer.putInt(offset + EPOCH_OFFSET, epoch, BatchLayout.ORDER);
        buffer.putInt(offset + BATCH_LENGTH_OFFSET, batchLength, BatchLayout.ORDER);
        buffer.putInt(offset + BATCH_LENGTH_MAX_OFFSET, batchLengthMax, BatchLayout.ORDER);
        buffer.putInt(offset + RECORD_COUNT_OFFSET, recordCount, BatchLayout.ORDER);
        buffer.putLong(offset + FIRST_SEQUENCE_OFFSET, firstSequence, BatchLayout.ORDER);
        buffer.putLong(offset + POSITION_OFFSET, position, BatchLayout.ORDER);
        buffer.putInt(offset + PREVIOUS_CHECKSUM_OFFSET, previousChecksum, BatchLayout.ORDER);
        buffer.putInt(offset + JOURNAL_TAG_OFFSET, journalTag, BatchLayout.ORDER);
        buffer.putLong(offset + TIME_OFFSET, timeMs, BatchLayout.ORDER);
        buffer.putInt(offset + RESERVED_OFFSET, 0, BatchLayout.ORDER);
        buffer.putInt(offset + CHECKSUM_OFFSET, target.checksum(offset, CHECKSUM_OFFSET), BatchLayout.ORDER);
    }
}
