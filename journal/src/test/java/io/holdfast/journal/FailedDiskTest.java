package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.journal.FaultyFiles.Operation;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults 15, 16, 19, 31: a write or a sync that fails ends the journal, for good; a short write does not. */
class FailedDiskTest {
    @TempDir
    private Path data;

    private final FaultyFiles files = new FaultyFiles(JournalFiles.real());

    private void thenFailedForGood(final Journal journal, final long durable, final long durableSequence) {
        assertThat(journal.hasFailed()).isTrue();
        assertThat(journal.durablePosition()).isEqualTo(durable);
        assertThat(journal.durableSequence()).isEqualTo(durableSequence);
        final AtomicInteger touched = new AtomicInteger();
        files.fault((operation, path, length) -> {
            touched.addAndGet(path.toString().endsWith("00000.log") ? 1 : 0);
            return length;
        });
        assertThatThrownBy(journal::commit).isInstanceOf(JournalFailedException.class);
        assertThatThrownBy(() -> journal.claim(1)).isInstanceOf(JournalFailedException.class);
        journal.close();
        assertThat(touched).as("nothing is tried again, not even by close").hasValue(0);
    }

    private void shouldFailOn(final Operation operation, final String message) {
        final Journal journal = Journals.started(data, files);
        Journals.appendAndCommit(journal, 1, 2);
        final long durable = journal.durablePosition();
        files.fail(operation, ".log", message);
        Journals.append(journal, 3, 2);

        assertThatThrownBy(journal::commit)
                .isInstanceOf(JournalFailedException.class)
                .hasMessageContaining("position " + durable)
                .hasMessageContaining(".log")
                .hasMessageContaining(message)
                .hasRootCauseMessage(message);

        thenFailedForGood(journal, durable, 2);
    }

    @Test
    void shouldFailForGoodWhenASyncFails() {
        shouldFailOn(Operation.SYNC, "Input/output error");
    }

    @Test
    void shouldFailForGoodWhenAWriteFails() {
        shouldFailOn(Operation.WRITE, "No space left on device");
    }

    @Test
    void shouldFailForGoodWhenTheDiskIsRemountedReadOnly() {
        shouldFailOn(Operation.WRITE, "Read-only file system");
    }

    @Test
    void shouldNotTryASyncAgainWhenItFailed() {
        final AtomicInteger syncs = new AtomicInteger();
        final Journal journal = Journals.started(data, files);
        files.fault((operation, path, length) -> {
            if (operation == Operation.SYNC && path.toString().endsWith(".log")) {
                syncs.incrementAndGet();
                throw new IOException("Input/output error");
            }
            return length;
        });
        Journals.append(journal, 1, 1);

        for (int attempt = 0; attempt < 3; attempt++) {
            assertThatThrownBy(journal::commit).isInstanceOf(JournalFailedException.class);
        }
        journal.close();

        assertThat(syncs).hasValue(1);
    }

    @Test
    void shouldShowTheFollowerNothingWhenTheSyncFailed() {
        final Journal journal = Journals.started(data, files);
        Journals.appendAndCommit(journal, 1, 1);
        files.fail(Operation.SYNC, ".log", "Input/output error");
        Journals.append(journal, 2, 1);
        assertThatThrownBy(journal::commit).isInstanceOf(JournalFailedException.class);

        try (JournalReader follower = journal.follow(0)) {
            assertThat(Journals.readAll(follower)).isEqualTo(Journals.expected(1, 1));
        }
        journal.close();
    }

    @Test
    void shouldWriteTheRestWhenAWriteIsShort() {
        final Random random = new Random(7);
        files.fault((operation, path, length) ->
                operation == Operation.WRITE ? 1 + random.nextInt(Math.min(length, 3000)) : length);
        try (Journal journal = Journals.started(data, files)) {
            for (int sequence = 1; sequence <= 200; sequence += 5) {
                Journals.awaitRoom(journal);
                Journals.appendAndCommit(journal, sequence, 5);
            }
        }

        try (Journal journal = Journal.open(Journals.config(data), JournalFiles.real())) {
            assertThat(Journals.replay(journal)).isEqualTo(Journals.expected(1, 200));
        }
    }

    @Test
    void shouldFailForGoodWhenAWriteMakesNoProgress() {
        final Journal journal = Journals.started(data, files);
        final long durable = journal.durablePosition();
        files.fault((operation, path, length) -> operation == Operation.WRITE ? 0 : length);
        Journals.append(journal, 1, 1);

        assertThatThrownBy(journal::commit)
                .isInstanceOf(JournalFailedException.class)
                .hasMessageContaining("no progress");

        thenFailedForGood(journal, durable, 0);
    }

    @Test
    void shouldFailForGoodWhenTheWriterIsInterrupted() {
        final Journal journal = Journals.started(data, files);
        final long durable = journal.durablePosition();
        Journals.append(journal, 1, 1);

        Thread.currentThread().interrupt();
        assertThatThrownBy(journal::commit)
                .isInstanceOf(JournalFailedException.class)
                .hasRootCauseInstanceOf(ClosedByInterruptException.class);
        assertThat(Thread.interrupted()).isTrue();

        thenFailedForGood(journal, durable, 0);
    }

    @Test
    void shouldNotStartWhenTheOpenBatchCannotBeSynced() {
        final Journal journal = Journal.open(Journals.config(data), files);
        files.fail(Operation.SYNC, ".log", "Input/output error");

        assertThatThrownBy(journal::start).isInstanceOf(JournalFailedException.class);

        thenFailedForGood(journal, SegmentHeader.LENGTH, 0);
    }

    @Test
    void shouldKeepTheLockUntilClosedWhenFailed() {
        final Journal journal = Journals.started(data, files);
        files.fail(Operation.SYNC, ".log", "Input/output error");
        Journals.append(journal, 1, 1);
        assertThatThrownBy(journal::commit).isInstanceOf(JournalFailedException.class);

        assertThatThrownBy(() -> Journal.open(Journals.config(data), JournalFiles.real()))
                .isInstanceOf(JournalLockedException.class);
        journal.close();
        Journal.open(Journals.config(data), JournalFiles.real()).close();
    }

    @Test
    void shouldMakeTheLastBatchDurableWhenItsFailedSyncLeftItInMemoryOnly() {
        final SimulatedDisk disk = new SimulatedDisk();
        final FaultyFiles faulty = new FaultyFiles(disk);
        final Journal journal = Journal.open(SmallJournal.CONFIG, faulty, new InlineScheduler());
        journal.start();
        Journals.append(journal, 1, 6);
        faulty.fail(Operation.SYNC, ".log", "Input/output error");
        assertThatThrownBy(journal::commit).isInstanceOf(JournalFailedException.class);
        disk.failSync(SmallJournal.SEGMENT);
        disk.killProcess();

        final Journal again = SmallJournal.open(disk);
        assertThat(Journals.replay(again)).isEqualTo(Journals.expected(1, 6));
        disk.losePower(new Random(1));

        assertThat(SmallJournal.readAll(disk)).isEqualTo(Journals.expected(1, 6));
    }

    @Test
    void shouldRefuseToOpenWhenTheRepairFails() {
        Journals.started(data).close();
        files.fail(Operation.SYNC, ".log", "Input/output error");

        assertThatThrownBy(() -> Journal.open(Journals.config(data), files))
                .isInstanceOf(JournalRefusedException.class)
                .hasMessageContaining("Input/output error")
                .hasMessageContaining("next step: ");

        files.fault(FaultyFiles.Fault.NONE);
        Journal.open(Journals.config(data), files).close();
    }
}
