package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Old segments are taken away one by one: what is left, and what the archive holds, is never with a gap. */
class RetentionTest {
    private static final Path DATA = SmallJournal.DATA;
    private static final Path ARCHIVE = Path.of("/archive");
    private static final int SEGMENT_LENGTH = SmallJournal.CONFIG.segmentLength();
    private static final int LAST = 120;

    private Map<Path, byte[]> full;
    private int segments;

    /** What becomes of old segments. */
    enum Fate {
        DELETED,
        MOVED,
        COPIED_TO_ANOTHER_DISK;

        Optional<Path> archive() {
            return this == DELETED ? Optional.empty() : Optional.of(ARCHIVE);
        }

        SimulatedDisk disk(final Map<Path, byte[]> contents) {
            final SimulatedDisk disk = SimulatedDisk.holding(contents);
            if (this == COPIED_TO_ANOTHER_DISK) {
                disk.mount(ARCHIVE);
            }
            return disk;
        }
    }

    @BeforeEach
    void fillSeveralSegments() {
        final SimulatedDisk disk = new SimulatedDisk();
        final Journal journal = SmallJournal.open(disk);
        journal.start();
        for (int sequence = 1; sequence <= LAST; sequence++) {
            Journals.appendAndCommit(journal, sequence, 1);
        }
        segments = journal.disk().segmentCount();
        journal.close();
        full = disk.contents();
        assertThat(segments).isGreaterThanOrEqualTo(5);
    }

    private static Path segment(final int index) {
        return DATA.resolve("journal/" + SegmentDirectory.digits((long) index * SEGMENT_LENGTH) + ".log");
    }

    private static Journal open(final JournalFiles files) {
        return Journal.open(SmallJournal.CONFIG, files, new InlineScheduler());
    }

    private static int trimAll(final Journal journal, final Fate fate, final long retainBytes, final long neededFrom) {
        final Retention retention = new Retention(journal, retainBytes, fate.archive());
        int count = 0;
        while (retention.trimOne(neededFrom)) {
            count++;
        }
        return count;
    }

    private static List<String> records(final JournalFiles files, final Fate fate) {
        try (JournalReader reader = fate == Fate.DELETED
                ? JournalReader.open(DATA, files, JournalReader.OLDEST)
                : JournalReader.open(DATA, Optional.of(ARCHIVE), files, JournalReader.OLDEST)) {
            return Journals.readAll(reader);
        }
    }

    @ParameterizedTest
    @EnumSource(Fate.class)
    void shouldKeepTheCurrentSegmentWhenNothingElseIsNeeded(final Fate fate) {
        final SimulatedDisk disk = fate.disk(full);

        try (Journal journal = open(disk)) {
            final int count = trimAll(journal, fate, 0, Long.MAX_VALUE);

            assertThat(count).isEqualTo(segments - 2);
            assertThat(journal.disk().segmentCount()).isEqualTo(2);
            assertThat(journal.firstPosition()).isEqualTo((long) count * SEGMENT_LENGTH);
            assertThat(disk.exists(segment(count - 1))).isFalse();
            assertThat(disk.exists(segment(count))).isTrue();
        }
        final List<String> left = records(disk, fate);
        assertThat(left).isNotEmpty();
        if (fate != Fate.DELETED) {
            assertThat(left).isEqualTo(Journals.expected(1, LAST));
        }
        try (Journal again = open(disk)) {
            assertThat(again.recovery().lastSequence()).isEqualTo(LAST);
        }
    }

    @Test
    void shouldKeepWhatASnapshotNeedsAndWhatIsRetained() {
        final SimulatedDisk disk = Fate.DELETED.disk(full);

        try (Journal journal = open(disk)) {
            // a snapshot at a segment's very base is gone on from in the one before
            assertThat(trimAll(journal, Fate.DELETED, 0, SEGMENT_LENGTH)).isZero();
            assertThat(trimAll(journal, Fate.DELETED, 0, SEGMENT_LENGTH + 1)).isEqualTo(1);
            assertThat(trimAll(journal, Fate.DELETED, journal.durablePosition(), Long.MAX_VALUE))
                    .isZero();
            assertThat(trimAll(
                            journal, Fate.DELETED, journal.durablePosition() - 2L * SEGMENT_LENGTH - 1, Long.MAX_VALUE))
                    .isEqualTo(1);
            assertThat(journal.firstPosition()).isEqualTo(2L * SEGMENT_LENGTH);
        }
    }

    @ParameterizedTest
    @EnumSource(Fate.class)
    void shouldConvergeWhenCrashedAtAnyOperation(final Fate fate) {
        final FaultyFiles counting = new FaultyFiles(fate.disk(full));
        final Journal whole = open(counting);
        final int before = counting.operations();
        final int expected = trimAll(whole, fate, 0, Long.MAX_VALUE);
        final int operations = counting.operations() - before;

        for (int crashAt = 1; crashAt <= operations; crashAt++) {
            for (int seed = 0; seed < 12; seed++) {
                crashAndConverge(fate, crashAt, seed, expected);
            }
        }
    }

    private void crashAndConverge(final Fate fate, final int crashAt, final int seed, final int expected) {
        final String what = fate + ", crash at " + crashAt + ", seed " + seed;
        final SimulatedDisk disk = fate.disk(full);
        final FaultyFiles files = new FaultyFiles(disk);
        final Journal dying = open(files);
        files.fault(new CrashFault(crashAt, seed % 2 * 0.5));
        assertThatThrownBy(() -> trimAll(dying, fate, 0, Long.MAX_VALUE)).isInstanceOf(CrashFault.Crash.class);
        if (seed == 0) {
            disk.killProcess();
        } else {
            disk.losePower(new Random(seed));
        }

        final List<String> left = records(disk, fate);
        assertThat(left).as(what).isNotEmpty();
        assertThat(left.get(left.size() - 1))
                .isEqualTo(Journals.expected(LAST, LAST).get(0));
        if (fate != Fate.DELETED) {
            assertThat(left).as(what).isEqualTo(Journals.expected(1, LAST));
        }
        try (Journal journal = open(disk)) {
            trimAll(journal, fate, 0, Long.MAX_VALUE);
            assertThat(journal.firstPosition()).as(what).isEqualTo((long) expected * SEGMENT_LENGTH);
        }
        if (fate != Fate.DELETED) {
            assertThat(records(disk, fate)).as(what).isEqualTo(Journals.expected(1, LAST));
        }
    }

    /** The second life finds what the first one left half made in the archive, and makes it anew. */
    @Test
    void shouldNeverTakeAHalfMadeCopyForASegment() {
        final Fate fate = Fate.COPIED_TO_ANOTHER_DISK;
        for (int crashAt = 1; crashAt <= 9; crashAt++) {
            for (int seed = 0; seed < 40; seed++) {
                final Random random = new Random(seed);
                final SimulatedDisk disk = fate.disk(full);
                dieInTheCopy(fate, disk, random);
                losePowerAt(crashAt, fate, disk, random);

                try (Journal journal = open(disk)) {
                    trimAll(journal, fate, 0, Long.MAX_VALUE);
                }
                assertThat(records(disk, fate))
                        .as("crash at %d, seed %d", crashAt, seed)
                        .isEqualTo(Journals.expected(1, LAST));
            }
        }
    }

    private static void dieInTheCopy(final Fate fate, final SimulatedDisk disk, final Random random) {
        final FaultyFiles files = new FaultyFiles(disk);
        final Journal dying = open(files);
        files.fault((operation, path, length) -> {
            if (operation == FaultyFiles.Operation.SYNC && path.toString().endsWith(".tmp")) {
                throw new CrashFault.Crash();
            }
            return length;
        });
        assertThatThrownBy(() -> trimAll(dying, fate, 0, Long.MAX_VALUE)).isInstanceOf(CrashFault.Crash.class);
        disk.losePower(random);
    }

    private static void losePowerAt(final int crashAt, final Fate fate, final SimulatedDisk disk, final Random random) {
        final FaultyFiles files = new FaultyFiles(disk);
        final Journal dying = open(files);
        files.fault(new CrashFault(crashAt, 0));
        assertThatThrownBy(() -> trimAll(dying, fate, 0, Long.MAX_VALUE)).isInstanceOf(CrashFault.Crash.class);
        disk.losePower(random);
    }

    @Test
    void shouldKeepTheSegmentWhenTheArchiveIsFull() {
        final SimulatedDisk disk = Fate.COPIED_TO_ANOTHER_DISK.disk(full);
        final FaultyFiles files = new FaultyFiles(disk);
        try (Journal journal = open(files)) {
            final Retention retention = new Retention(journal, 0, Optional.of(ARCHIVE));
            files.fail(FaultyFiles.Operation.WRITE, ".log.tmp", "No space left on device");

            assertThatThrownBy(() -> retention.trimOne(Long.MAX_VALUE))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("No space left");

            assertThat(journal.firstPosition()).isZero();
            assertThat(journal.disk().segmentCount()).isEqualTo(segments);
            assertThat(Journals.replay(journal)).isEqualTo(Journals.expected(1, LAST));
            assertThat(disk.list(ARCHIVE)).isEmpty();
            files.fault(FaultyFiles.Fault.NONE);
            assertThat(retention.trimOne(Long.MAX_VALUE)).isTrue();
        }
    }

    @Test
    void shouldTakeNothingMoreAwayWhenASyncFailed() {
        final SimulatedDisk disk = Fate.DELETED.disk(full);
        final FaultyFiles files = new FaultyFiles(disk);
        try (Journal journal = open(files)) {
            final Retention retention = new Retention(journal, 0, Optional.empty());
            files.fail(FaultyFiles.Operation.SYNC_DIRECTORY, "journal", "Input/output error");
            assertThatThrownBy(() -> retention.trimOne(Long.MAX_VALUE)).hasMessageContaining("Input/output error");
            files.fault(FaultyFiles.Fault.NONE);

            assertThatThrownBy(() -> retention.trimOne(Long.MAX_VALUE)).hasMessageContaining("a sync failed");

            assertThat(disk.exists(segment(1))).isTrue();
        }
    }

    @Test
    void shouldRefuseAnArchiveThatHoldsAnotherSegmentOfThatName() {
        final SimulatedDisk disk = Fate.MOVED.disk(full);
        final byte[] other = disk.get(segment(0));
        other[SEGMENT_LENGTH - 1] = 1;
        disk.put(ARCHIVE.resolve(segment(0).getFileName()), other);
        try (Journal journal = open(disk)) {
            final Retention retention = new Retention(journal, 0, Optional.of(ARCHIVE));

            assertThatThrownBy(() -> retention.trimOne(Long.MAX_VALUE))
                    .hasMessageContaining("another segment of that name");

            assertThat(disk.exists(segment(0))).isTrue();
        }
        assertThatThrownBy(() -> new Retention(open(disk), 0, Optional.of(DATA.resolve("snapshots/../journal"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldTellAReaderThatWhatFollowsIsGone() {
        final SimulatedDisk disk = Fate.DELETED.disk(full);
        try (Journal journal = open(disk);
                JournalReader reader = journal.follow(0)) {
            final List<String> read = new ArrayList<>();
            reader.poll(Journals.collectInto(read), 1);
            final long position = reader.position();
            trimAll(journal, Fate.DELETED, 0, Long.MAX_VALUE);

            final JournalRefusedException refusal = Refusals.of(() -> {
                while (reader.poll(Journals.collectInto(read), 7) > 0) {
                    // to the end of the segment that it has open
                }
            });

            assertThat(refusal).isInstanceOf(JournalTrimmedException.class).hasMessageContaining("newer snapshot");
            assertThat(read).isEqualTo(Journals.expected(1, read.size())).hasSizeGreaterThan(3);
            assertThat(Refusals.of(() -> journal.follow(position))).isInstanceOf(JournalTrimmedException.class);
            assertThat(Refusals.of(() -> JournalReader.open(DATA, disk, position)))
                    .hasMessageContaining("oldest one kept");
        }
    }

    @Test
    void shouldFindASegmentThatIsMovedJustBeforeAToolOpensIt() {
        final SimulatedDisk disk = Fate.MOVED.disk(full);
        final FaultyFiles files = new FaultyFiles(disk);
        try (Journal journal = open(disk)) {
            final Retention retention = new Retention(journal, 0, Optional.of(ARCHIVE));
            // each oldest segment is there when the tool looks, and in the archive when it opens it
            files.onOpenToRead(path -> {
                if (path.equals(segment((int) (journal.firstPosition() / SEGMENT_LENGTH)))) {
                    retention.trimOne(Long.MAX_VALUE);
                }
            });

            assertThat(records(files, Fate.MOVED)).isEqualTo(Journals.expected(1, LAST));
            assertThat(journal.disk().segmentCount()).isEqualTo(2);
        }
    }

    @Test
    void shouldNameTheSegmentThatIsMissingBetweenArchiveAndJournal() {
        final SimulatedDisk disk = Fate.MOVED.disk(full);
        try (Journal journal = open(disk)) {
            trimAll(journal, Fate.MOVED, 0, Long.MAX_VALUE);
        }
        disk.remove(ARCHIVE.resolve(segment(1).getFileName()));

        assertThat(Refusals.of(() -> records(disk, Fate.MOVED)))
                .isInstanceOf(JournalCorruptException.class)
                .hasMessageContaining(segment(1).getFileName() + " at offset 0: segment missing");
    }
}
