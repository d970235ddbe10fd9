package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Fault 23: an old binary refuses a newer format, and says so. */
class FormatVersionTest {
    private final SmallJournal small = SmallJournal.crashed();

    @Test
    void shouldRefuseWhenASegmentIsOfANewerFormat() {
        final ChecksumBuffer bytes = new ChecksumBuffer(SegmentHeader.LENGTH);
        bytes.buffer().putBytes(0, small.segment(), 0, SegmentHeader.LENGTH);
        bytes.buffer().putInt(8, 2, BatchLayout.ORDER);
        bytes.buffer().putInt(4092, bytes.checksum(0, 4092), BatchLayout.ORDER);
        final byte[] segment = small.segment();
        bytes.buffer().getBytes(0, segment, 0, SegmentHeader.LENGTH);

        thenRefusedAsNewer(segment);
    }

    @Test
    void shouldRefuseWhenABatchIsOfANewerFormat() {
        thenRefusedAsNewer(new Forgery(small.segment())
                .header(small.lastBatchOffset(), header -> header.version = 2)
                .segment());
    }

    private void thenRefusedAsNewer(final byte[] segment) {
        final SimulatedDisk disk = small.diskWith(segment);
        final JournalRefusedException opening = Refusals.of(() -> SmallJournal.open(disk));
        final JournalRefusedException reading = Refusals.of(() -> SmallJournal.readAll(disk));
        assertThat(opening)
                .isNotInstanceOf(JournalCorruptException.class)
                .hasMessageContaining("format version 2, this binary reads 1 to 1")
                .hasMessageContaining("next step: use the binary that wrote it");
        assertThat(reading).isNotInstanceOf(JournalCorruptException.class);
        assertThat(disk.get(SmallJournal.SEGMENT)).isEqualTo(segment);
    }
}
