package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A start reads what snapshots may need of the journal, and the check behind it reads the rest. */
class BoundedStartTest {
    private static final int SEGMENT_LENGTH = SmallJournal.CONFIG.segmentLength();
    private static final int LAST = 240;

    private final SimulatedDisk disk = new SimulatedDisk();
    private final SnapshotStore snapshots = SnapshotStore.open(SmallJournal.DATA, disk);
    private UUID journalId;
    private int segments;

    @BeforeEach
    void fillManySegments() {
        final Journal journal = SmallJournal.open(disk);
        journalId = journal.recovery().journalId();
        journal.start();
        for (int sequence = 1; sequence <= LAST; sequence++) {
            Journals.appendAndCommit(journal, sequence, 1);
            if (sequence == LAST / 2 || sequence == LAST * 3 / 4) {
                snapshot(sequence, journal.durablePosition());
            }
        }
        segments = journal.disk().segmentCount();
        journal.close();
        assertThat(segments).isGreaterThanOrEqualTo(9);
    }

    private void snapshot(final long sequence, final long position) {
        snapshots.write(
                new SnapshotMeta(journalId, sequence, position, Journals.timeMs(sequence), 1, 0),
                chunks -> chunks.onChunk(new UnsafeBuffer(new byte[40]), 0, 40));
    }

    private static Path segment(final long index) {
        return SmallJournal.DATA.resolve("journal/" + SegmentDirectory.digits(index * SEGMENT_LENGTH) + ".log");
    }

    private Journal open(final long verifiedBytesMin) {
        return Journal.open(SmallJournal.CONFIG, disk, new InlineScheduler(), verifiedBytesMin);
    }

    private long olderPosition() {
        return snapshots.list().get(1).position();
    }

    private void damage(final long segmentIndex) {
        final byte[] bytes = disk.get(segment(segmentIndex));
        bytes[SEGMENT_LENGTH / 2] ^= 4;
        disk.put(segment(segmentIndex), bytes);
    }

    @Test
    void shouldBeginWithTheSegmentThatTheOlderSnapshotNeeds() {
        try (Journal journal = open(0)) {
            final RecoveryReport report = journal.recovery();

            assertThat(report.firstPosition()).isZero();
            assertThat(report.verifiedFrom()).isEqualTo(olderPosition() / SEGMENT_LENGTH * SEGMENT_LENGTH);
            assertThat(report.verifiedFrom()).isPositive();
            assertThat(report.lastSequence()).isEqualTo(LAST);
            assertThat(report.lastTimeMs()).isEqualTo(Journals.timeMs(LAST));
            assertThat(report.epoch()).isEqualTo(2);
            assertThat(report.isCleanlyClosed()).isTrue();
            assertThat(report.recordCount()).isBetween((long) LAST / 2, LAST - 1L);
            assertThat(journal.disk().segmentCount()).isEqualTo(segments);
            assertThat(Journals.replay(journal)).isEqualTo(Journals.expected(1, LAST));
        }
    }

    @Test
    void shouldReadAllWhenThereIsNoSnapshotOrTheNewestBytesReachBack() {
        try (Journal journal = open(1L << 30)) {
            assertThat(journal.recovery().verifiedFrom()).isZero();
            assertThat(journal.historyCheck().outcome()).isEqualTo(HistoryCheck.Outcome.SOUND);
        }
        try (Journal journal = open(3L * SEGMENT_LENGTH)) {
            assertThat(journal.recovery().verifiedFrom())
                    .isEqualTo(Math.min(olderPosition() / SEGMENT_LENGTH, segments - 3 - 3) * SEGMENT_LENGTH);
        }
        snapshots
                .list()
                .forEach(meta -> disk.remove(
                        SmallJournal.DATA.resolve("snapshots/" + SegmentDirectory.digits(meta.sequence()) + ".snap")));
        try (Journal journal = open(0)) {
            assertThat(journal.recovery().verifiedFrom()).isZero();
            assertThat(journal.recovery().recordCount()).isEqualTo(LAST);
        }
    }

    @Test
    void shouldRefuseDamageFromThereOn() {
        for (long index = olderPosition() / SEGMENT_LENGTH; index < segments - 2; index++) {
            damage(index);
            final Path damaged = segment(index);

            assertThat(Refusals.of(() -> open(0)).file()).isEqualTo(damaged);
            damage(index); // the same bit: whole again
        }
    }

    @Test
    void shouldStillRefuseAMissingSegmentBefore() {
        disk.remove(segment(1));

        assertThat(Refusals.of(() -> open(0))).hasMessageContaining("missing");
        assertThat(Refusals.of(() -> open(0)).file()).isEqualTo(segment(1));
    }

    @Test
    void shouldFindHistorySoundBehindTheStart() {
        try (Journal journal = open(0)) {
            assertThat(journal.historyCheck().outcome()).isEqualTo(HistoryCheck.Outcome.RUNNING);
            journal.start();

            Awaitility.await().until(() -> journal.historyCheck().outcome() == HistoryCheck.Outcome.SOUND);
            assertThat(journal.historyCheck().fault()).isEmpty();
        }
    }

    @Test
    void shouldFindDamageBeforeBehindTheStart() {
        damage(1);
        try (Journal journal = open(0)) {
            journal.start();

            Awaitility.await().until(() -> journal.historyCheck().outcome() == HistoryCheck.Outcome.FAULTY);
            final JournalRefusedException fault = journal.historyCheck().fault().orElseThrow();
            assertThat(fault).isInstanceOf(JournalCorruptException.class);
            assertThat(fault.file()).isEqualTo(segment(1));
            Journals.appendAndCommit(journal, LAST + 1, 1);
            assertThat(journal.durableSequence()).isEqualTo(LAST + 1);
        }
    }

    @Test
    void shouldFindAnEarlierStateOfASegmentBeforeBehindTheStart() {
        final long last = olderPosition() / SEGMENT_LENGTH - 1;
        final byte[] bytes = disk.get(segment(last));
        Arrays.fill(bytes, bytes.length - 4096, bytes.length, (byte) 0);
        disk.put(segment(last), bytes);
        try (Journal journal = open(0)) {
            journal.start();

            Awaitility.await().until(() -> journal.historyCheck().outcome() == HistoryCheck.Outcome.FAULTY);
            assertThat(journal.historyCheck().fault().orElseThrow()).hasMessageContaining("does not chain on");
        }
    }

    @Test
    void shouldLeaveOutWhatIsTrimmedUnderTheCheck() {
        damage(0);
        try (Journal journal = open(0)) {
            final Retention retention = new Retention(journal, 0, Optional.empty());
            assertThat(retention.trimOne(olderPosition())).isTrue();
            journal.start();

            Awaitility.await().until(() -> journal.historyCheck().outcome() == HistoryCheck.Outcome.SOUND);
        }
    }

    @Test
    void shouldEndTheCheckWithTheJournal() {
        final Journal journal = open(0);
        final HistoryCheck slow = new HistoryCheck(SmallJournal.DATA, disk, journal.recovery(), 1);
        slow.start();

        slow.end();

        assertThat(slow.outcome()).isEqualTo(HistoryCheck.Outcome.ENDED); // at a byte a second it takes hours
        journal.close();
        assertThat(journal.historyCheck().outcome()).isEqualTo(HistoryCheck.Outcome.ENDED);
    }
}
