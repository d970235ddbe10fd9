package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reading, from inside and outside, from any position. */
@Timeout(300)
class JournalReaderTest {
    @TempDir
    private Path data;

    private void fill(final int records) {
        try (Journal journal = Journals.started(data)) {
            for (int sequence = 1; sequence <= records; sequence += 4) {
                Journals.awaitRoom(journal);
                Journals.appendAndCommit(journal, sequence, 4);
            }
        }
    }

    private JournalReader open(final long fromPosition) {
        return JournalReader.open(data, JournalFiles.real(), fromPosition);
    }

    @Test
    void shouldGoOnFromEveryPositionItGave() {
        fill(160);
        final List<Long> readerPositions = new ArrayList<>();
        final List<Long> recordPositions = new ArrayList<>();
        try (JournalReader reader = open(0)) {
            do {
                readerPositions.add(reader.position());
            } while (reader.poll((position, s, t, b, o, l) -> recordPositions.add(position), 1) > 0);
        }
        assertThat(recordPositions).hasSize(160).isSorted();

        for (int index = 0; index < readerPositions.size(); index++) {
            try (JournalReader reader = open(readerPositions.get(index))) {
                assertThat(reader.position()).isGreaterThanOrEqualTo(readerPositions.get(index));
                assertThat(Journals.readAll(reader)).isEqualTo(Journals.expected(index + 1, 160));
            }
        }
        for (int index = 0; index < recordPositions.size(); index++) {
            try (JournalReader reader = open(recordPositions.get(index))) {
                assertThat(Journals.readAll(reader)).isEqualTo(Journals.expected(index + 1, 160));
            }
        }
    }

    @Test
    void shouldGoOnFromTheBaseOfASegment() {
        fill(160);
        try (JournalReader reader = open(Journals.SEGMENT_LENGTH)) {
            final List<String> records = Journals.readAll(reader);
            assertThat(records).isNotEmpty().isEqualTo(Journals.expected(161 - records.size(), 160));
        }
    }

    @Test
    void shouldRefuseWhenThePositionIsNotOneItGave() {
        fill(40);
        final long end;
        try (JournalReader reader = open(0)) {
            Journals.readAll(reader);
            end = reader.position();
        }
        for (final long position : new long[] {1, 512, 4095, 4097, 4096 + 512 + 65, 5001}) {
            assertThatThrownBy(() -> open(position))
                    .isInstanceOf(JournalRefusedException.class)
                    .hasMessageContaining("position " + position);
        }
        for (final long position : new long[] {end + 1, end + 512, 1L << 40, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> open(position))
                    .isInstanceOf(JournalRefusedException.class)
                    .hasMessageContaining("the journal ends at position " + end);
        }
        assertThatThrownBy(() -> open(-2)).isInstanceOf(JournalRefusedException.class);
    }

    @Test
    void shouldRefuseWhenThereIsNoJournal() {
        assertThatThrownBy(() -> open(0))
                .isInstanceOf(JournalRefusedException.class)
                .hasMessageContaining("no journal here");
    }

    @Test
    void shouldHandOverAgainWhatTheHandlerThrewOn() {
        fill(8);
        final List<String> records = new ArrayList<>();
        try (JournalReader reader = open(0)) {
            reader.poll(Journals.collectInto(records), 2);
            final long position = reader.position();
            assertThatThrownBy(() -> reader.poll(
                            (p, s, t, b, o, l) -> {
                                throw new IllegalStateException("not now");
                            },
                            2))
                    .hasMessage("not now");
            assertThat(reader.position()).isEqualTo(position);
            records.addAll(Journals.readAll(reader));
        }
        assertThat(records).isEqualTo(Journals.expected(1, 8));
    }

    @Test
    void shouldDescribeTheJournalWhenReadToTheEnd() {
        fill(160);
        fill(0);
        try (JournalReader reader = open(0)) {
            Journals.readAll(reader);
            final JournalStat stat = reader.stat();
            assertThat(stat.recordCount()).isEqualTo(160);
            assertThat(stat.batchCount()).isEqualTo(44);
            assertThat(stat.openBatchCount()).isEqualTo(2);
            assertThat(stat.closeBatchCount()).isEqualTo(2);
            assertThat(stat.epoch()).isEqualTo(2);
            assertThat(stat.lastType()).isEqualTo("CLOSE");
            assertThat(stat.lastSequence()).isEqualTo(160);
            assertThat(stat.lastTimeMs()).isEqualTo(Journals.timeMs(160));
            assertThat(stat.firstPosition()).isZero();
            assertThat(stat.position()).isEqualTo(reader.position());
            assertThat(stat.segmentCount()).isGreaterThan(2);
            assertThat(stat.isTailUnfinished()).isFalse();
            assertThat(stat.journalId()).isEqualTo(reader.journalId());
        }
    }

    @Test
    void shouldReadFromTheOldestSegmentWhenHistoryWasTrimmed() throws Exception {
        fill(160);
        Files.delete(data.resolve("journal/00000000000000000000.log"));

        assertThatThrownBy(() -> open(0)).hasMessageContaining("oldest one kept");
        try (JournalReader reader = open(JournalReader.OLDEST)) {
            final List<String> records = Journals.readAll(reader);
            assertThat(records).isNotEmpty().isEqualTo(Journals.expected(161 - records.size(), 160));
        }
        try (Journal journal = Journals.started(data)) {
            Journals.appendAndCommit(journal, 161, 1);
            assertThat(journal.recovery().firstPosition()).isEqualTo(Journals.SEGMENT_LENGTH);
        }
    }

    @Test
    void shouldSeeUnbrokenHistoryWhenReadingBesideARunningWriter() throws Exception {
        final int records = 1500;
        try (Journal journal = Journals.started(data);
                JournalReader outside = open(0);
                JournalReader inside = journal.follow(0)) {
            final CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                for (int sequence = 1; sequence <= records; sequence += 5) {
                    Journals.awaitRoom(journal);
                    Journals.appendAndCommit(journal, sequence, 5);
                }
            });
            final List<String> seenOutside = new ArrayList<>();
            final List<String> seenInside = new ArrayList<>();
            while (!writing.isDone()) {
                final long durableSequence = journal.durableSequence();
                seenInside.addAll(Journals.readAll(inside));
                seenOutside.addAll(Journals.readAll(outside));
                assertThat(seenInside.size()).isGreaterThanOrEqualTo((int) durableSequence);
                assertThat(seenOutside.size()).isGreaterThanOrEqualTo((int) durableSequence);
            }
            writing.get(1, TimeUnit.SECONDS);
            seenInside.addAll(Journals.readAll(inside));
            seenOutside.addAll(Journals.readAll(outside));
            assertThat(seenInside).isEqualTo(Journals.expected(1, records));
            assertThat(seenOutside).isEqualTo(Journals.expected(1, records));
        }
    }

    @Test
    void shouldEndAtAnUnfinishedBatchAndGoOnWhenItIsFinished() {
        final SmallJournal small = SmallJournal.crashed();
        final byte[] whole = small.segment();
        for (final int kept : new int[] {1, 63, 64, 600, small.lastBatchLength() - 1}) {
            final byte[] unfinished = Arrays.copyOf(whole, small.lastBatchOffset() + kept);
            final SimulatedDisk disk = small.diskWith(unfinished);
            try (JournalReader reader = JournalReader.open(SmallJournal.DATA, disk, 0)) {
                final List<String> records = Journals.readAll(reader);
                assertThat(records).isEqualTo(Journals.expected(1, small.sequenceBeforeLastBatch()));
                assertThat(reader.stat().isTailUnfinished()).isTrue();

                disk.overwrite(SmallJournal.SEGMENT, whole);

                records.addAll(Journals.readAll(reader));
                assertThat(records).isEqualTo(Journals.expected(1, small.lastSequence()));
                assertThat(reader.stat().isTailUnfinished()).isFalse();
            }
        }
    }
}
