package io.holdfast.journal;

import java.nio.file.Path;
import java.util.UUID;

/**
 * The first 4 KiB of a segment file. Magic, version and the place of the CRC never change, so that an old
 * binary can tell a newer format from damage.
 *
 * <pre>
 *  +0     8  magic "HFSEGMNT"
 *  +8     4  format version
 *  +12    4  segment length
 *  +16   16  journal id
 *  +32    8  base position: address of the file's first byte
 *  +40       reserved, 0
 *  +4092  4  CRC32C of the 4,092 bytes before
 * </pre>
 *
 * @param base a multiple of the segment length, and the file's name
 */
record SegmentHeader(UUID journalId, long base, int segmentLength) {
    static final int LENGTH = 4096;
    static final int VERSION = 1;

    private static final long MAGIC = 0x544E4D4745534648L;
    private static final int MAGIC_OFFSET = 0;
    private static final int VERSION_OFFSET = 8;
    private static final int SEGMENT_LENGTH_OFFSET = 12;
    private static final int ID_HIGH_OFFSET = 16;
    private static final int ID_LOW_OFFSET = 24;
    private static final int BASE_OFFSET = 32;
    private static final int CHECKSUM_OFFSET = LENGTH - 4;

    static boolean isSegmentLength(final int length) {
        return length >= JournalConfig.SEGMENT_LENGTH_MIN
                && length <= JournalConfig.SEGMENT_LENGTH_MAX
                && length % LENGTH == 0;
    }

    /** Ties a batch to its journal. */
    int journalTag() {
        return tag(journalId);
    }

    static int tag(final UUID journalId) {
        final ChecksumBuffer bytes = new ChecksumBuffer(2 * Long.BYTES);
        bytes.buffer().putLong(0, journalId.getMostSignificantBits(), BatchLayout.ORDER);
        bytes.buffer().putLong(Long.BYTES, journalId.getLeastSignificantBits(), BatchLayout.ORDER);
        return bytes.checksum(0, 2 * Long.BYTES);
    }

    void encode(final ChecksumBuffer target) {
        final var buffer = target.buffer();
        buffer.setMemory(0, LENGTH, (byte) 0);
        buffer.putLong(MAGIC_OFFSET, MAGIC, BatchLayout.ORDER);
        buffer.putInt(VERSION_OFFSET, VERSION, BatchLayout.ORDER);
        buffer.putInt(SEGMENT_LENGTH_OFFSET, segmentLength, BatchLayout.ORDER);
        buffer.putLong(ID_HIGH_OFFSET, journalId.getMostSignificantBits(), BatchLayout.ORDER);
        buffer.putLong(ID_LOW_OFFSET, journalId.getLeastSignificantBits(), BatchLayout.ORDER);
        buffer.putLong(BASE_OFFSET, base, BatchLayout.ORDER);
        buffer.putInt(CHECKSUM_OFFSET, target.checksum(0, CHECKSUM_OFFSET), BatchLayout.ORDER);
    }

    /**
     * Reads and checks a header that stands alone; whether it belongs where it was found is the caller's
     * question.
     */
    static SegmentHeader decode(final ChecksumBuffer source, final Path file) {
        final var buffer = source.buffer();
        if (buffer.getLong(MAGIC_OFFSET, BatchLayout.ORDER) != MAGIC) {
            throw new JournalCorruptException(file, MAGIC_OFFSET, "not a segment: wrong magic");
        }
        if (buffer.getInt(CHECKSUM_OFFSET, BatchLayout.ORDER) != source.checksum(0, CHECKSUM_OFFSET)) {
            throw new JournalCorruptException(file, CHECKSUM_OFFSET, "segment header: wrong checksum");
        }
        final int version = buffer.getInt(VERSION_OFFSET, BatchLayout.ORDER);
        if (version < 1 || version > VERSION) {
            throw NewerFormat.refusal(file, VERSION_OFFSET, version, VERSION);
        }
        final int segmentLength = buffer.getInt(SEGMENT_LENGTH_OFFSET, BatchLayout.ORDER);
        final long base = buffer.getLong(BASE_OFFSET, BatchLayout.ORDER);
        if (!isSegmentLength(segmentLength)) {
            throw new JournalCorruptException(file, SEGMENT_LENGTH_OFFSET, "segment length " + segmentLength);
        }
        if (base < 0 || base % segmentLength != 0) {
            throw new JournalCorruptException(file, BASE_OFFSET, "base position " + base);
        }
        final UUID journalId = new UUID(
                buffer.getLong(ID_HIGH_OFFSET, BatchLayout.ORDER), buffer.getLong(ID_LOW_OFFSET, BatchLayout.ORDER));
        return new SegmentHeader(journalId, base, segmentLength);
    }
}
