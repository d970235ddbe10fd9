package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault 10: the last batch cut at every byte leaves exactly the earlier batches. */
class CutTailTest {
    private final SmallJournal small = SmallJournal.crashed();
    private final List<String> earlier = Journals.expected(1, small.sequenceBeforeLastBatch());
    private final List<String> all = Journals.expected(1, small.lastSequence());

    @Test
    void shouldKeepTheEarlierBatchesWhenTheFileIsCutAtEveryByteOfTheLast() {
        for (int cut = small.lastBatchOffset(); cut <= small.endOffset(); cut++) {
            final byte[] bytes = Arrays.copyOf(small.segment(), cut);
            thenExactlyTheEarlierRemain(small.diskWith(bytes), cut);
        }
    }

    @Test
    void shouldKeepTheEarlierBatchesWhenAllIsZeroFromEveryByteOfTheLast() {
        for (int cut = small.lastBatchOffset(); cut <= small.endOffset(); cut++) {
            final byte[] bytes = small.segment();
            Arrays.fill(bytes, cut, bytes.length, (byte) 0);
            thenExactlyTheEarlierRemain(small.diskWith(bytes), cut);
        }
    }

    @Test
    void shouldKeepTheEarlierBatchesWhenAnySectorsOfTheLastAreZero() {
        final int sectors = small.lastBatchLength() / BatchLayout.SECTOR;
        assertThat(sectors).isGreaterThanOrEqualTo(3);

        for (int lost = 1; lost < 1 << sectors; lost++) {
            final byte[] bytes = small.segment();
            for (int sector = 0; sector < sectors; sector++) {
                if ((lost & 1 << sector) != 0) {
                    final int start = small.lastBatchOffset() + sector * BatchLayout.SECTOR;
                    Arrays.fill(bytes, start, start + BatchLayout.SECTOR, (byte) 0);
                }
            }
            final SimulatedDisk disk = small.diskWith(bytes);
            assertThat(SmallJournal.readAll(disk)).as("lost %x", lost).isEqualTo(earlier);
            try (Journal journal = SmallJournal.open(disk)) {
                assertThat(Journals.replay(journal)).as("lost %x", lost).isEqualTo(earlier);
            }
        }
    }

    private void thenExactlyTheEarlierRemain(final SimulatedDisk disk, final int cut) {
        final boolean isWhole = cut == small.endOffset();
        final byte[] before = disk.get(SmallJournal.SEGMENT);
        assertThat(SmallJournal.readAll(disk)).as("cut at %d", cut).isEqualTo(isWhole ? all : earlier);
        assertThat(disk.get(SmallJournal.SEGMENT)).as("read only").isEqualTo(before);

        final Journal journal = SmallJournal.open(disk);
        final RecoveryReport report = journal.recovery();
        assertThat(Journals.replay(journal)).as("cut at %d", cut).isEqualTo(isWhole ? all : earlier);
        assertThat(report.isCleanlyClosed()).isFalse();
        final boolean isTorn = !isWhole && cut > small.lastBatchOffset();
        assertThat(report.tornTail().isPresent()).as("cut at %d", cut).isEqualTo(isTorn);
        if (isTorn) {
            final TornTail torn = report.tornTail().get();
            assertThat(torn.file()).isEqualTo(SmallJournal.SEGMENT);
            assertThat(torn.offset()).isEqualTo(small.lastBatchOffset());
            final byte[] copy = disk.get(torn.copy());
            assertThat(copy).hasSize(torn.length());
            assertThat(Arrays.copyOf(copy, cut - small.lastBatchOffset()))
                    .isEqualTo(Arrays.copyOfRange(before, small.lastBatchOffset(), cut));
        }
        final byte[] repaired = disk.get(SmallJournal.SEGMENT);
        assertThat(repaired).hasSize(SmallJournal.CONFIG.segmentLength());
        thenItGoesOn(disk, journal, isWhole ? small.lastSequence() : small.sequenceBeforeLastBatch());
    }

    private static void thenItGoesOn(final SimulatedDisk disk, final Journal journal, final long last) {
        journal.start();
        Journals.appendAndCommit(journal, last + 1, 1);
        journal.close();
        try (Journal again = SmallJournal.open(disk)) {
            assertThat(Journals.replay(again)).isEqualTo(Journals.expected(1, last + 1));
            assertThat(again.recovery().tornTail()).isEmpty();
        }
    }

    @Test
    void shouldCutATornTailWhenItIsInARealFile(@TempDir final Path data) throws Exception {
        try (Journal journal = Journals.started(data)) {
            Journals.appendAndCommit(journal, 1, 3);
        }
        final Path segment = data.resolve("journal/00000000000000000000.log");
        try (Journal journal = Journals.started(data)) {
            Journals.appendAndCommit(journal, 4, 12);
            final long end = journal.durablePosition();
            final Path copy = Files.createDirectories(data.resolve("copy/journal"));
            Files.copy(segment, copy.resolve(segment.getFileName()));
            try (RandomAccessFile file =
                    new RandomAccessFile(copy.resolve(segment.getFileName()).toFile(), "rw")) {
                file.setLength(end - 700);
            }
        }

        try (Journal journal = Journal.open(Journals.config(data.resolve("copy")), JournalFiles.real())) {
            assertThat(Journals.replay(journal)).isEqualTo(Journals.expected(1, 3));
            final TornTail torn = journal.recovery().tornTail().orElseThrow();
            assertThat(torn.copy()).hasSize(torn.length());
            assertThat(torn.file()).hasSize(Journals.SEGMENT_LENGTH);
        }
    }
}
