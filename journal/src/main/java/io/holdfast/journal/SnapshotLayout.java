package io.holdfast.journal;

import java.nio.file.Path;
import java.util.UUID;

/**
 * A snapshot file. Little endian.
 *
 * <pre>
 *  header, 80 bytes              chunk, any number           end
 *  +0   8  magic "HFSNAPSH"      +0  4  length n, 1 to 1 MiB  +0  4  0
 *  +8   4  format version        +4  4  checksum              +4  4  checksum
 *  +12  4  rules version         +8  n  bytes                 +8  8  chunk count
 *  +16 16  journal id
 *  +32  8  sequence              A chunk's checksum is the CRC32C of the checksum before it
 *  +40  8  position              (the header's before the first), its length and its bytes:
 *  +48  8  timeMs                no chunk can be lost, doubled or moved unseen.
 *  +56  8  state hash
 *  +64 12  reserved, 0
 *  +76  4  CRC32C of the 76 bytes before
 * </pre>
 */
final class SnapshotLayout {
    static final int HEADER_LENGTH = 80;
    static final int HEADER_CHECKSUM_OFFSET = 76;
    static final int FRAME_LENGTH = 8;
    static final int END_LENGTH = 8;
    static final int VERSION = 1;

    private static final long MAGIC = 0x485350414E534648L;
    private static final int MAGIC_OFFSET = 0;
    private static final int VERSION_OFFSET = 8;
    private static final int RULES_VERSION_OFFSET = 12;
    private static final int ID_HIGH_OFFSET = 16;
    private static final int ID_LOW_OFFSET = 24;
    private static final int SEQUENCE_OFFSET = 32;
    private static final int POSITION_OFFSET = 40;
    private static final int TIME_OFFSET = 48;
    private static final int STATE_HASH_OFFSET = 56;

    private SnapshotLayout() {}

    /** Returns the header's checksum. */
    static int encode(final SnapshotMeta meta, final ChecksumBuffer target) {
        final var buffer = target.buffer();
        buffer.setMemory(0, HEADER_LENGTH, (byte) 0);
        buffer.putLong(MAGIC_OFFSET, MAGIC, BatchLayout.ORDER);
        buffer.putInt(VERSION_OFFSET, VERSION, BatchLayout.ORDER);
        buffer.putInt(RULES_VERSION_OFFSET, meta.rulesVersion(), BatchLayout.ORDER);
        buffer.putLong(ID_HIGH_OFFSET, meta.journalId().getMostSignificantBits(), BatchLayout.ORDER);
        buffer.putLong(ID_LOW_OFFSET, meta.journalId().getLeastSignificantBits(), BatchLayout.ORDER);
        buffer.putLong(SEQUENCE_OFFSET, meta.sequence(), BatchLayout.ORDER);
        buffer.putLong(POSITION_OFFSET, meta.position(), BatchLayout.ORDER);
        buffer.putLong(TIME_OFFSET, meta.timeMs(), BatchLayout.ORDER);
        buffer.putLong(STATE_HASH_OFFSET, meta.stateHash(), BatchLayout.ORDER);
        final int checksum = target.checksum(0, HEADER_CHECKSUM_OFFSET);
        buffer.putInt(HEADER_CHECKSUM_OFFSET, checksum, BatchLayout.ORDER);
        return checksum;
    }

    static SnapshotMeta decode(final ChecksumBuffer source, final Path file) {
        final var buffer = source.buffer();
        if (buffer.getLong(MAGIC_OFFSET, BatchLayout.ORDER) != MAGIC) {
            throw new JournalCorruptException(file, MAGIC_OFFSET, "not a snapshot: wrong magic");
        }
        if (buffer.getInt(HEADER_CHECKSUM_OFFSET, BatchLayout.ORDER) != source.checksum(0, HEADER_CHECKSUM_OFFSET)) {
            throw new JournalCorruptException(file, HEADER_CHECKSUM_OFFSET, "snapshot header: wrong checksum");
        }
        final int version = buffer.getInt(VERSION_OFFSET, BatchLayout.ORDER);
        if (version < 1 || version > VERSION) {
            throw NewerFormat.refusal(file, VERSION_OFFSET, version, VERSION);
        }
        final long sequence = buffer.getLong(SEQUENCE_OFFSET, BatchLayout.ORDER);
        final long position = buffer.getLong(POSITION_OFFSET, BatchLayout.ORDER);
        if (sequence < 0 || position < 0) {
            throw new JournalCorruptException(file, SEQUENCE_OFFSET, "sequence or position is negative");
        }
        return new SnapshotMeta(
                new UUID(
                        buffer.getLong(ID_HIGH_OFFSET, BatchLayout.ORDER),
                        buffer.getLong(ID_LOW_OFFSET, BatchLayout.ORDER)),
                sequence,
                position,
                buffer.getLong(TIME_OFFSET, BatchLayout.ORDER),
                buffer.getInt(RULES_VERSION_OFFSET, BatchLayout.ORDER),
                buffer.getLong(STATE_HASH_OFFSET, BatchLayout.ORDER));
    }
}
