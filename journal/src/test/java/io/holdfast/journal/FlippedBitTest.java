package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Fault 11: a flipped bit at every byte is found, never applied, and nothing is cut for it. */
class FlippedBitTest {
    private final SmallJournal crashed = SmallJournal.crashed();
    private final SmallJournal closed = SmallJournal.closed();

    @Test
    void shouldRefuseWhenAnyBitOfTheLastBatchIsFlipped() {
        for (int offset = crashed.lastBatchOffset(); offset < crashed.endOffset(); offset++) {
            for (int bit = 0; bit < 8; bit++) {
                thenRefused(crashed, offset, bit);
            }
        }
    }

    @Test
    void shouldRefuseWhenAnyBitOfACloseBatchIsFlipped() {
        for (int offset = closed.lastBatchOffset(); offset < closed.endOffset(); offset++) {
            for (int bit = 0; bit < 8; bit++) {
                thenRefused(closed, offset, bit);
            }
        }
    }

    @Test
    void shouldRefuseWhenABitOfAnyByteUpToTheEndIsFlipped() {
        for (int offset = 0; offset < closed.lastBatchOffset(); offset++) {
            thenRefused(closed, offset, offset % 8);
        }
    }

    private static void thenRefused(final SmallJournal small, final int offset, final int bit) {
        final byte[] bytes = small.segment();
        bytes[offset] ^= (byte) (1 << bit);
        final SimulatedDisk disk = small.diskWith(bytes);
        final String what = "offset " + offset + ", bit " + bit;

        final JournalRefusedException refusal = Refusals.of(() -> SmallJournal.open(disk));
        assertThat(refusal).as(what).isInstanceOf(JournalCorruptException.class);
        assertThat(refusal.file()).as(what).isEqualTo(SmallJournal.SEGMENT);
        assertThat(refusal.offset()).as(what).isBetween(batchBefore(small, offset), (long) small.endOffset());
        assertThat(disk.get(SmallJournal.SEGMENT)).as(what).isEqualTo(bytes);

        final JournalRefusedException reading = Refusals.of(() -> SmallJournal.readAll(disk));
        assertThat(reading).as(what).isInstanceOf(JournalCorruptException.class);
    }

    private static long batchBefore(final SmallJournal small, final int offset) {
        long before = 0;
        for (final int batch : small.batchOffsets()) {
            before = batch <= offset ? batch : before;
        }
        return before;
    }

    @Test
    void shouldLoseNothingWhenABitBehindTheEndIsFlipped() {
        final List<String> all = Journals.expected(1, closed.lastSequence());
        for (int offset = closed.endOffset(); offset < SmallJournal.CONFIG.segmentLength(); offset += 3) {
            final byte[] bytes = closed.segment();
            bytes[offset] ^= (byte) (1 << offset % 8);
            final SimulatedDisk disk = closed.diskWith(bytes);

            try (Journal journal = SmallJournal.open(disk)) {
                assertThat(Journals.replay(journal)).isEqualTo(all);
                assertThat(journal.recovery().tornTail())
                        .as("offset %d", offset)
                        .isPresent();
            } catch (final JournalCorruptException e) {
                assertThat(disk.get(SmallJournal.SEGMENT)).isEqualTo(bytes);
                assertThat(offset).isGreaterThanOrEqualTo(closed.endOffset() + BatchHeader.LENGTH);
            }
        }
    }

    @Test
    void shouldRefuseWhenTheHeaderOfTheSpareIsFlipped() {
        for (int offset = 0; offset < SegmentHeader.LENGTH; offset++) {
            final SimulatedDisk disk = closed.disk();
            final byte[] spare = disk.get(SmallJournal.SPARE);
            spare[offset] ^= (byte) (1 << offset % 8);
            disk.put(SmallJournal.SPARE, spare);

            final JournalRefusedException refusal = Refusals.of(() -> SmallJournal.open(disk));
            assertThat(refusal.file()).isEqualTo(SmallJournal.SPARE);
        }
    }

    @Test
    void shouldFindTheFlipWhenASectorHoldsTwoBitsOnly() {
        final SimulatedDisk disk = new SimulatedDisk();
        final Journal journal = SmallJournal.open(disk);
        journal.start();
        final int length = 1500;
        final int offset = journal.claim(length);
        journal.buffer().setMemory(offset, length, (byte) 0);
        for (int sector = BatchLayout.alignToSector(offset); sector < offset + length; sector += BatchLayout.SECTOR) {
            journal.buffer().putByte(sector + 77, (byte) 0x11);
        }
        journal.endRecord(1, 1, length);
        final int start = (int) journal.durablePosition();
        journal.commit();
        final byte[] whole = disk.get(SmallJournal.SEGMENT);

        for (int at = start; at < journal.durablePosition(); at++) {
            final byte[] bytes = whole.clone();
            bytes[at] ^= 0x10;
            final SimulatedDisk damaged = disk(disk, bytes);
            assertThat(Refusals.of(() -> SmallJournal.open(damaged))).isInstanceOf(JournalCorruptException.class);
        }
    }

    private static SimulatedDisk disk(final SimulatedDisk disk, final byte[] segment) {
        final SimulatedDisk copy = SimulatedDisk.holding(disk.contents());
        copy.put(SmallJournal.SEGMENT, segment);
        return copy;
    }

    @Test
    void shouldRefuseThePayloadWhenASectorOfItWouldLookUnwritten() {
        final Journal journal = SmallJournal.open(new SimulatedDisk());
        journal.start();
        final int length = 1500;

        for (final byte only : new byte[] {0, 0x40}) {
            final int offset = journal.claim(length);
            journal.buffer().setMemory(offset, length, (byte) 0);
            journal.buffer().putByte(BatchLayout.alignToSector(offset) + 5, only);
            final IllegalArgumentException refusal =
                    Refusals.of(IllegalArgumentException.class, () -> journal.endRecord(1, 1, length));
            assertThat(refusal).hasMessageContaining("sector");
            assertThat(journal.pendingRecords()).isZero();
        }

        Journals.appendAndCommit(journal, 1, 1);
        assertThat(Journals.replay(journal)).isEqualTo(Journals.expected(1, 1));
    }
}
