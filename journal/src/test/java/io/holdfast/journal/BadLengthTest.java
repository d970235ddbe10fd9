package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Fault 14: lengths and counts are bounded before anything is allocated or read, though their checksums are
 * right.
 */
class BadLengthTest {
    private static final int[] BAD_LENGTHS = {0, -1, 1, 511, 513, 8192, Integer.MAX_VALUE, Integer.MIN_VALUE};

    private final SmallJournal small = SmallJournal.crashed();

    private void thenRefused(final byte[] segment, final int offset, final String what) {
        final SimulatedDisk disk = small.diskWith(segment);
        final JournalRefusedException opening = Refusals.of(() -> SmallJournal.open(disk));
        final JournalRefusedException reading = Refusals.of(() -> SmallJournal.readAll(disk));
        assertThat(opening).isInstanceOf(JournalCorruptException.class).hasMessageContaining(what);
        assertThat(opening.offset()).isEqualTo(offset);
        assertThat(reading).isInstanceOf(JournalCorruptException.class).hasMessageContaining(what);
    }

    private void thenHeaderRefused(final Consumer<BatchHeader> change, final String what) {
        for (final int offset : new int[] {small.batchOffsets().get(2), small.lastBatchOffset()}) {
            thenRefused(new Forgery(small.segment()).header(offset, change).segment(), offset, what);
        }
    }

    @Test
    void shouldRefuseWhenABatchLengthIsOutOfBounds() {
        for (final int length : BAD_LENGTHS) {
            thenHeaderRefused(header -> header.batchLength = length, "batch length " + length);
        }
    }

    @Test
    void shouldRefuseWhenTheLargestBatchLengthIsOutOfBounds() {
        for (final int length : new int[] {0, -1, 511, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            thenHeaderRefused(header -> header.batchLengthMax = length, "of at most " + length);
        }
    }

    @Test
    void shouldRefuseWhenARecordCountIsOutOfBounds() {
        for (final int count : new int[] {0, -1, 1000, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            thenHeaderRefused(header -> header.recordCount = count, "record count " + count);
        }
    }

    @Test
    void shouldRefuseWhenARecordLengthIsOutOfBounds() {
        final int offset = small.lastBatchOffset();
        for (final int length : new int[] {0, -1, 4096, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            final byte[] segment = new Forgery(small.segment())
                    .batchInt(offset, small.lastBatchLength(), BatchHeader.LENGTH, length)
                    .segment();
            thenRefused(segment, offset, "record 0 of length " + length);
        }
    }

    @Test
    void shouldRefuseWhenRecordsDoNotFillTheBatch() {
        final int offset = small.lastBatchOffset();
        final byte[] segment = new Forgery(small.segment())
                .header(offset, header -> header.recordCount--)
                .sign(offset, small.lastBatchLength())
                .segment();
        final SimulatedDisk disk = small.diskWith(segment);
        assertThat(Refusals.of(() -> SmallJournal.open(disk)).offset()).isEqualTo(offset);
    }

    @Test
    void shouldRefuseWhenTheChainIsBroken() {
        thenHeaderRefused(header -> header.previousChecksum++, "does not chain on");
        thenHeaderRefused(header -> header.epoch++, "of epoch 2");
        thenHeaderRefused(header -> header.epoch--, "of epoch 0");
        thenHeaderRefused(header -> header.firstSequence = 1, "of sequence 1");
        thenHeaderRefused(header -> header.timeMs = 1, "timeMs 1");
        thenHeaderRefused(header -> header.typeCode = 9, "batch type 9");
        thenHeaderRefused(header -> header.typeCode = BatchType.OPEN.code(), "record count");
        thenHeaderRefused(header -> header.journalTag++, "another journal");
        thenHeaderRefused(header -> header.position += 512, "misplaced");
    }

    @Test
    void shouldRefuseWhenASegmentLengthIsOutOfBounds() {
        for (final int length : new int[] {0, -1, 4096, 8191, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            final ChecksumBuffer bytes = new ChecksumBuffer(SegmentHeader.LENGTH);
            bytes.buffer().putBytes(0, small.segment(), 0, SegmentHeader.LENGTH);
            bytes.buffer().putInt(12, length, BatchLayout.ORDER);
            bytes.buffer().putInt(4092, bytes.checksum(0, 4092), BatchLayout.ORDER);
            final byte[] segment = small.segment();
            bytes.buffer().getBytes(0, segment, 0, SegmentHeader.LENGTH);
            thenRefused(segment, 12, "segment length " + length);
        }
    }
}
