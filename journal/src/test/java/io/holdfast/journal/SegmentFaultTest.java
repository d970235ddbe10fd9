package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Fault 12: damage in the middle, and missing, reordered, alien or misshapen segments, are refused and named.
 */
class SegmentFaultTest {
    private static final int SEGMENT_LENGTH = SmallJournal.CONFIG.segmentLength();

    private final SimulatedDisk disk = new SimulatedDisk();
    private int segments;

    @BeforeEach
    void fillSeveralSegments() {
        final Journal journal = SmallJournal.open(disk);
        journal.start();
        for (int sequence = 1; sequence <= 120; sequence++) {
            Journals.appendAndCommit(journal, sequence, 1);
        }
        segments = journal.disk().segmentCount();
        journal.close();
        assertThat(segments).isGreaterThanOrEqualTo(5);
    }

    private static Path segment(final int index) {
        return SmallJournal.DATA.resolve("journal/" + SegmentDirectory.digits((long) index * SEGMENT_LENGTH) + ".log");
    }

    private void thenRefused(final Path file, final String what) {
        final var before = disk.contents();

        final JournalRefusedException opening = Refusals.of(() -> SmallJournal.open(disk));
        final JournalRefusedException reading = Refusals.of(() -> SmallJournal.readAll(disk));

        assertThat(opening.file()).isEqualTo(file);
        assertThat(opening).hasMessageContaining(what).hasMessageContaining("next step: ");
        assertThat(reading.file()).isEqualTo(file);
        assertThat(disk.contents().keySet()).isEqualTo(before.keySet());
        before.forEach((path, bytes) -> assertThat(disk.get(path)).isEqualTo(bytes));
    }

    private void thenRefusedAt(final Path file, final long offset, final String what) {
        thenRefused(file, what);
        assertThat(Refusals.of(() -> SmallJournal.open(disk)).offset()).isEqualTo(offset);
    }

    @Test
    void shouldRefuseWhenASegmentInTheMiddleIsMissing() {
        disk.remove(segment(2));
        thenRefused(segment(2), "missing");
    }

    @Test
    void shouldRefuseToReplayFromTheBeginningWhenTheFirstSegmentIsMissing() {
        disk.remove(segment(0));

        final JournalRefusedException reading = Refusals.of(() -> SmallJournal.readAll(disk));
        assertThat(reading.file()).isEqualTo(segment(1));
        assertThat(reading).hasMessageContaining("oldest one kept").hasMessageContaining("newer snapshot");
        try (Journal journal = SmallJournal.open(disk)) {
            assertThat(journal.recovery().firstPosition()).isEqualTo(SEGMENT_LENGTH);
            assertThat(Refusals.of(() -> Journals.replay(journal))).hasMessageContaining("oldest one kept");
        }
    }

    @Test
    void shouldRefuseWhenTheSegmentWithTheEndIsMissing() {
        disk.remove(segment(segments - 2));
        thenRefused(segment(segments - 2), "missing");
    }

    @Test
    void shouldRefuseWhenTheSegmentWithTheEndIsEmptiedToItsHeader() {
        for (final int index : new int[] {segments - 3, segments - 2}) {
            final byte[] bytes = disk.get(segment(index));
            Arrays.fill(bytes, SegmentHeader.LENGTH, bytes.length, (byte) 0);
            disk.put(segment(index), bytes);
        }
        thenRefused(segment(segments - 3), "batches were lost");
    }

    @Test
    void shouldRefuseWhenTwoSegmentsChangedNames() {
        final byte[] second = disk.get(segment(1));
        disk.put(segment(1), disk.get(segment(2)));
        disk.put(segment(2), second);
        thenRefused(segment(1), "misplaced");
    }

    @Test
    void shouldRefuseWhenASegmentIsOfAnotherJournal() {
        final SimulatedDisk other = new SimulatedDisk();
        final Journal journal = SmallJournal.open(other);
        journal.start();
        for (int sequence = 1; sequence <= 120; sequence++) {
            Journals.appendAndCommit(journal, sequence, 1);
        }
        disk.put(segment(1), other.get(segment(1)));
        thenRefused(segment(1), "segment of journal");
    }

    @Test
    void shouldRefuseWhenABatchIsOfAnotherPlaceOrJournal() {
        final byte[] first = disk.get(segment(0));
        final byte[] second = disk.get(segment(1));
        System.arraycopy(second, SegmentHeader.LENGTH, first, SegmentHeader.LENGTH, 512);
        disk.put(segment(0), first);
        thenRefusedAt(segment(0), SegmentHeader.LENGTH, "misplaced");
    }

    @Test
    void shouldRefuseWhenAnEarlierStateOfASegmentWasPutBack() {
        final byte[] bytes = disk.get(segment(1));
        Arrays.fill(bytes, bytes.length - 4096, bytes.length, (byte) 0);
        disk.put(segment(1), bytes);
        thenRefused(segment(2), "does not chain on");
    }

    @Test
    void shouldRefuseWhenAnySectorInTheMiddleIsZero() {
        final byte[] whole = disk.get(segment(1));
        final int end = BatchLayout.alignToSector(
                Zeros.writtenLength(new org.agrona.concurrent.UnsafeBuffer(whole), 0, whole.length));
        for (int sector = SegmentHeader.LENGTH; sector < end - BatchLayout.SECTOR; sector += BatchLayout.SECTOR) {
            final byte[] bytes = whole.clone();
            Arrays.fill(bytes, sector, sector + BatchLayout.SECTOR, (byte) 0);
            disk.put(segment(1), bytes);
            assertThat(Refusals.of(() -> SmallJournal.open(disk)).file()).isEqualTo(segment(1));
            assertThat(Refusals.of(() -> SmallJournal.readAll(disk)).file()).isEqualTo(segment(1));
        }
    }

    @Test
    void shouldRefuseWhenASegmentIsEmptyOrHasNoHeader() {
        for (final int length : new int[] {0, 1, SegmentHeader.LENGTH - 1}) {
            disk.put(segment(segments - 1), new byte[length]);
            thenRefusedAt(segment(segments - 1), length, "too short");
        }
        disk.put(segment(segments - 1), new byte[SEGMENT_LENGTH]);
        thenRefusedAt(segment(segments - 1), 0, "wrong magic");
    }

    @Test
    void shouldRefuseWhenASegmentInTheMiddleIsCutShort() {
        final Path next = segment(segments);
        try (Journal journal = SmallJournal.open(disk)) {
            journal.start();
            for (int sequence = 121; !disk.exists(next); sequence += 4) {
                Journals.appendAndCommit(journal, sequence, 4); // several sectors: the end of the segment stays zero
            }
        }
        final Path rolled = segment(segments - 2);
        final int cut = SEGMENT_LENGTH - 8;
        assertThat(disk.get(rolled)[cut]).isZero();
        disk.put(rolled, Arrays.copyOf(disk.get(rolled), cut));
        thenRefusedAt(rolled, cut, "cut short");
    }

    @Test
    void shouldRefuseWhenASegmentIsTooLong() {
        disk.put(segment(1), Arrays.copyOf(disk.get(segment(1)), SEGMENT_LENGTH + 1));
        thenRefusedAt(segment(1), SEGMENT_LENGTH, "beyond the segment's end");
    }

    @Test
    void shouldRefuseWhenALogFileBearsAnotherName() {
        final Path renamed = SmallJournal.DATA.resolve("journal/17.log");
        disk.put(renamed, disk.get(segment(1)));
        thenRefused(renamed, "name");
    }

    @Test
    void shouldIgnoreWhatIsNotItsOwn() {
        disk.put(SmallJournal.DATA.resolve("journal/notes.txt"), new byte[3]);
        disk.put(SmallJournal.DATA.resolve("journal/00000000000000000000.torn-1"), new byte[3]);

        SmallJournal.open(disk).close();

        assertThat(SmallJournal.readAll(disk)).isEqualTo(Journals.expected(1, 120));
    }

    @Test
    void shouldDeleteHalfMadeFilesWhenOpened() {
        final Path segment = SmallJournal.DATA.resolve("journal/00000000000000999424.log.tmp");
        final Path snapshot = SmallJournal.DATA.resolve("snapshots/00000000000000000007.snap.tmp");
        disk.put(segment, new byte[3]);
        disk.put(snapshot, new byte[3]);

        SmallJournal.open(disk).close();

        assertThat(disk.exists(segment)).isFalse();
        assertThat(disk.exists(snapshot)).isFalse();
    }

    @Test
    void shouldRefuseWhenNothingButTheSpareIsLeft() {
        final Map<Path, byte[]> contents =
                new TreeMap<>(SmallJournal.crashed().disk().contents());
        contents.remove(SmallJournal.SEGMENT);
        final SimulatedDisk disk = SimulatedDisk.holding(contents);

        final JournalRefusedException refusal = Refusals.of(() -> SmallJournal.open(disk));

        assertThat(refusal.file()).isEqualTo(SmallJournal.SPARE);
    }
}
