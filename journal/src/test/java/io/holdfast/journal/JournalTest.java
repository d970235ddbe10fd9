package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a journal on a healthy disk. */
class JournalTest {
    @TempDir
    private Path data;

    @Test
    void shouldReplayWhatWasCommittedWhenOpenedAgain() {
        try (Journal journal = Journals.started(data)) {
            Journals.append(journal, 1, 3);
            journal.commit();
            Journals.append(journal, 4, 2);
            journal.commit();
        }

        try (Journal journal = Journal.open(Journals.config(data), JournalFiles.real())) {
            assertThat(Journals.replay(journal)).isEqualTo(Journals.expected(1, 5));
            assertThat(journal.recovery().isCleanlyClosed()).isTrue();
            assertThat(journal.recovery().tornTail()).isEmpty();
            assertThat(journal.recovery().recordCount()).isEqualTo(5);
            assertThat(journal.recovery().batchCount()).isEqualTo(4);
            assertThat(journal.recovery().lastSequence()).isEqualTo(5);
            assertThat(journal.recovery().lastTimeMs()).isEqualTo(Journals.timeMs(5));
            assertThat(journal.recovery().epoch()).isEqualTo(2);
            assertThat(journal.recovery().isNew()).isFalse();
        }
    }

    @Test
    void shouldKeepIdAndGrowEpochWhenStartedAgainAndAgain() {
        final List<RecoveryReport> reports = new ArrayList<>();

        for (int start = 0; start < 4; start++) {
            try (Journal journal = Journals.started(data)) {
                reports.add(journal.recovery());
            }
        }

        assertThat(reports).extracting(RecoveryReport::epoch).containsExactly(1, 2, 3, 4);
        assertThat(reports)
                .extracting(RecoveryReport::journalId)
                .containsOnly(reports.get(0).journalId());
        assertThat(reports).extracting(RecoveryReport::isNew).containsExactly(true, false, false, false);
    }

    @Test
    void shouldRollOverManySegmentsWhenTheyFillUp() {
        final int records = 400;
        try (Journal journal = Journals.started(data)) {
            for (int sequence = 1; sequence <= records; sequence++) {
                Journals.awaitRoom(journal);
                Journals.append(journal, sequence, 1);
                journal.commit();
            }
            assertThat(journal.disk().segmentCount()).isGreaterThan(5);
            assertThat(journal.durableSequence()).isEqualTo(records);
        }

        try (Journal journal = Journal.open(Journals.config(data), JournalFiles.real())) {
            assertThat(Journals.replay(journal)).isEqualTo(Journals.expected(1, records));
        }
    }

    @Test
    void shouldHaveRoomThroughoutWhenItRolls() {
        final SimulatedDisk disk = new SimulatedDisk();
        final FaultyFiles files = new FaultyFiles(disk);
        final Journal journal = Journal.open(SmallJournal.CONFIG, files, new InlineScheduler());
        journal.start();
        files.fault((operation, path, length) -> {
            assertThat(journal.hasRoom()).as("%s of %s", operation, path).isTrue();
            assertThat(journal.isFull()).isFalse();
            return length;
        });

        for (int sequence = 1; sequence <= 100; sequence++) {
            Journals.appendAndCommit(journal, sequence, 1);
        }

        assertThat(journal.disk().segmentCount()).isGreaterThan(4);
    }

    @Test
    void shouldMakeNothingDurableWhenNotCommitted() {
        try (Journal journal = Journals.started(data)) {
            Journals.append(journal, 1, 1);
            journal.commit();
            final long durable = journal.durablePosition();
            Journals.append(journal, 2, 1);
            assertThat(journal.durablePosition()).isEqualTo(durable);
            assertThat(journal.durableSequence()).isEqualTo(1);
            assertThat(journal.pendingRecords()).isEqualTo(1);
            assertThat(journal.pendingBytes()).isPositive();
        }

        try (Journal journal = Journal.open(Journals.config(data), JournalFiles.real())) {
            assertThat(Journals.replay(journal)).isEqualTo(Journals.expected(1, 1));
            assertThat(journal.recovery().isCleanlyClosed()).isTrue();
        }
    }

    @Test
    void shouldWriteNothingWhenNothingIsPending() {
        try (Journal journal = Journals.started(data)) {
            final long durable = journal.durablePosition();
            journal.commit();
            assertThat(journal.durablePosition()).isEqualTo(durable);
            assertThat(journal.syncs()).isEqualTo(1);
        }
    }

    @Test
    void shouldSayNoRoomOnlyWhenRecordsArePending() {
        try (Journal journal = Journals.started(data)) {
            final int max = journal.payloadLengthMax();
            assertThat(journal.claim(max)).isPositive();
            journal.abandonRecord();
            Journals.append(journal, 1, 1);
            assertThat(journal.claim(max)).isEqualTo(Journal.NO_ROOM);
            journal.commit();
            assertThat(journal.claim(max)).isPositive();
        }
    }

    @Test
    void shouldCarryTheLongestPayloadWhenItFillsTheBatch() {
        try (Journal journal = Journals.started(data)) {
            final int max = journal.payloadLengthMax();
            final int offset = journal.claim(max);
            journal.buffer().setMemory(offset, max, (byte) 7);
            journal.endRecord(1, 1, max);
            journal.commit();
        }

        try (JournalReader reader = JournalReader.open(data, JournalFiles.real(), 0)) {
            final List<Integer> lengths = new ArrayList<>();
            reader.poll((position, sequence, timeMs, buffer, offset, length) -> lengths.add(length), 10);
            assertThat(lengths)
                    .containsExactly(
                            BatchLayout.payloadLengthMax(Journals.config(data).batchLengthMax()));
        }
    }

    @Test
    void shouldRefuseWhenRecordsDoNotFollowInOrder() {
        try (Journal journal = Journals.started(data)) {
            Journals.append(journal, 5, 1);
            journal.claim(8);
            assertThatThrownBy(() -> journal.endRecord(5, Journals.timeMs(9), 8))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("sequence 5");
            journal.claim(8);
            assertThatThrownBy(() -> journal.endRecord(6, 0, 8))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("timeMs 0");
            assertThat(journal.pendingRecords()).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseWhenUsedOutOfTurn() {
        final Journal journal = Journal.open(Journals.config(data), JournalFiles.real());
        assertThatThrownBy(() -> journal.claim(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(journal::commit).isInstanceOf(IllegalStateException.class);
        journal.start();
        assertThatThrownBy(journal::start).isInstanceOf(IllegalStateException.class);
        journal.claim(1);
        assertThatThrownBy(() -> journal.claim(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(journal::commit).isInstanceOf(IllegalStateException.class);
        journal.abandonRecord();
        assertThatThrownBy(journal::abandonRecord).isInstanceOf(IllegalStateException.class);
        journal.close();
        journal.close();
        assertThatThrownBy(() -> journal.claim(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldTellTheListenerWhenABatchWasSynced() {
        final List<Integer> heard = new ArrayList<>();
        try (Journal journal = Journal.open(Journals.config(data), JournalFiles.real())) {
            journal.syncListener((nanos, records, bytes) -> {
                heard.add(records);
                heard.add(bytes);
                assertThat(nanos).isPositive();
            });
            journal.start();
            Journals.append(journal, 1, 2);
            final int bytes = journal.pendingBytes();
            journal.commit();
            assertThat(heard).containsExactly(0, 512, 2, bytes);
            assertThat(journal.syncs()).isEqualTo(2);
            assertThat(journal.disk().freeBytes()).isPositive();
        }
    }

    @Test
    void shouldLetTheOwnerInOnlyWhenItMakesDirectories() throws Exception {
        final Path fresh = data.resolve("a/b");

        Journals.started(fresh).close();

        for (final String directory : List.of("a", "a/b", "a/b/journal", "a/b/snapshots")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(directory))))
                    .isEqualTo("rwx------");
        }
        assertThat(fresh.resolve("journal/00000000000000000000.log")).exists();
        assertThat(fresh.resolve("lock")).exists();
    }

    @Test
    void shouldNameTheValueWhenConfigurationIsBad() {
        assertThatThrownBy(() -> new JournalConfig(data, 4097, 1024, 0)).hasMessageContaining("segmentLength 4097");
        assertThatThrownBy(() -> new JournalConfig(data, 8192, 4096, 0)).hasMessageContaining("batchLengthMax 4096");
        assertThatThrownBy(() -> new JournalConfig(data, 8192, 0, 0)).hasMessageContaining("batchLengthMax 0");
        assertThatThrownBy(() -> new JournalConfig(data, 8192, 1024, -1)).hasMessageContaining("diskReserveBytes -1");
    }

    @Test
    void shouldKeepTheSegmentLengthOfTheJournalWhenConfiguredOtherwise() {
        try (Journal journal = Journals.started(data)) {
            Journals.append(journal, 1, 1);
            journal.commit();
        }

        final JournalConfig longer = new JournalConfig(data, 8 * Journals.SEGMENT_LENGTH, 2048, 0);
        try (Journal journal = Journal.open(longer, JournalFiles.real())) {
            journal.start();
            Journals.append(journal, 2, 1);
            journal.commit();
        }

        try (Journal journal = Journal.open(Journals.config(data), JournalFiles.real())) {
            assertThat(Journals.replay(journal)).isEqualTo(Journals.expected(1, 2));
        }
        assertThat(data.resolve("journal/00000000000000000000.log")).hasSize(Journals.SEGMENT_LENGTH);
    }

    @Test
    void shouldLeaveTemporaryFilesOfOthersAlone() {
        final SimulatedDisk disk = SmallJournal.crashed().disk();
        final Path other = SmallJournal.DATA.resolve("journal/backup.tmp");
        disk.put(other, new byte[1]);

        SmallJournal.open(disk);

        assertThat(disk.exists(other)).isTrue();
    }
}
