package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.journal.FaultyFiles.Operation;
import java.io.IOException;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fault 17: a full disk shows while a segment is prepared, not while a batch is written. What is left is used
 * to the last maximal batch, then refused; nothing is lost, and it clears when there is space again.
 */
class FullDiskTest {
    private static final JournalConfig CONFIG = SmallJournal.CONFIG;
    private static final int SEGMENT_LENGTH = CONFIG.segmentLength();

    private final SimulatedDisk disk = new SimulatedDisk();
    private final FaultyFiles files = new FaultyFiles(disk);
    private final InlineScheduler scheduler = new InlineScheduler();

    private long sequence;

    private Journal started() {
        final Journal journal = Journal.open(CONFIG, files, scheduler);
        journal.start();
        return journal;
    }

    private void appendWhileThereIsRoom(final Journal journal) {
        while (journal.hasRoom()) {
            Journals.appendAndCommit(journal, ++sequence, 1);
        }
    }

    private void thenGoesOnAndLosesNothing(final Journal journal) {
        for (int count = 0; count < 200; count++) {
            assertThat(journal.hasRoom()).isTrue();
            Journals.appendAndCommit(journal, ++sequence, 1);
        }
        journal.close();
        assertThat(SmallJournal.readAll(disk)).isEqualTo(Journals.expected(1, sequence));
    }

    @Test
    void shouldGoOnInTheSpareWhenTheDiskIsFull() {
        final Journal journal = started();
        disk.capacityBytes(2L * SEGMENT_LENGTH);
        assertThat(journal.isFull()).isFalse();

        for (sequence = 1; sequence <= 30; sequence++) {
            assertThat(journal.hasRoom()).isTrue();
            Journals.appendAndCommit(journal, sequence, 1);
        }

        assertThat(journal.durablePosition()).isGreaterThan(SEGMENT_LENGTH);
        assertThat(journal.isFull()).isTrue();
        assertThat(journal.hasRoom()).isTrue();
        assertThat(journal.disk().preparationFailures()).isEqualTo(1);
        assertThat(scheduler.waiting()).isEqualTo(1);
    }

    @Test
    void shouldRefuseEverythingWhenTheSpareIsUsedUpToo() {
        final Journal journal = started();
        disk.capacityBytes(2L * SEGMENT_LENGTH);

        appendWhileThereIsRoom(journal);

        assertThat(journal.isFull()).isTrue();
        assertThat(journal.hasFailed()).isFalse();
        assertThatThrownBy(() -> journal.claim(1)).isInstanceOf(JournalFullException.class);
        final long left = 2L * SEGMENT_LENGTH - journal.durablePosition();
        assertThat(left).isLessThan(CONFIG.batchLengthMax() + BatchLayout.SECTOR);
        assertThat(left).as("room for the close batch").isGreaterThanOrEqualTo(BatchLayout.SECTOR);
        journal.close();
        try (Journal again = Journal.open(CONFIG, files, scheduler)) {
            assertThat(again.recovery().isCleanlyClosed()).isTrue();
            assertThat(Journals.replay(again)).isEqualTo(Journals.expected(1, sequence));
        }
    }

    @Test
    void shouldTakeAWholeMaximalBatchWheneverItHasRoom() {
        final Journal journal = started();
        disk.capacityBytes(3L * SEGMENT_LENGTH);
        while (journal.hasRoom()) {
            final int max = journal.payloadLengthMax();
            final int offset = journal.claim(max);
            journal.buffer().setMemory(offset, max, (byte) 3);
            journal.endRecord(++sequence, sequence, max);
            journal.commit();
        }

        assertThat(sequence).isGreaterThanOrEqualTo(5);
        assertThat(journal.hasFailed()).isFalse();
    }

    @Test
    void shouldClearByItselfWhenThereIsSpaceAgain() {
        final Journal journal = started();
        disk.capacityBytes(2L * SEGMENT_LENGTH);
        appendWhileThereIsRoom(journal);
        scheduler.letTimePass();
        assertThat(journal.isFull()).isTrue();
        assertThat(journal.disk().preparationFailures()).isEqualTo(2);

        disk.capacityBytes(1L << 40);
        scheduler.letTimePass();

        assertThat(journal.isFull()).isFalse();
        thenGoesOnAndLosesNothing(journal);
    }

    @Test
    void shouldLeaveTheReserveAloneWhenTheDiskGetsFull() {
        final JournalConfig reserved =
                new JournalConfig(CONFIG.dataDirectory(), SEGMENT_LENGTH, CONFIG.batchLengthMax(), 100_000);
        disk.capacityBytes(2L * SEGMENT_LENGTH + 100_000);
        final Journal journal = Journal.open(reserved, files, scheduler);
        journal.start();

        appendWhileThereIsRoom(journal);

        assertThat(journal.disk().freeBytes()).isEqualTo(100_000);
        assertThat(journal.isFull()).isTrue();
    }

    @Test
    void shouldRefuseToMakeAJournalWhenTheDiskIsFull() {
        disk.capacityBytes(SEGMENT_LENGTH - 1);

        assertThatThrownBy(() -> Journal.open(CONFIG, files, scheduler))
                .isInstanceOf(JournalRefusedException.class)
                .hasMessageContaining("disk full");
    }

    @Test
    void shouldOpenAndReplayWhenTheDiskIsFull() {
        final Journal journal = started();
        disk.capacityBytes(2L * SEGMENT_LENGTH);
        appendWhileThereIsRoom(journal);
        journal.close();

        int starts = 0;
        while (true) {
            final Journal again = Journal.open(CONFIG, files, scheduler);
            assertThat(Journals.replay(again)).isEqualTo(Journals.expected(1, sequence));
            assertThat(again.isFull()).isTrue();
            try {
                again.start();
                starts++;
            } catch (final JournalFullException e) {
                assertThat(again.hasFailed()).isFalse();
                disk.capacityBytes(1L << 40);
                scheduler.letTimePass();
                again.start();
                thenGoesOnAndLosesNothing(again);
                break;
            } finally {
                again.close();
            }
        }

        assertThat(starts).isPositive();
    }

    @Test
    void shouldTryAgainWhateverStepOfThePreparationFailed() {
        for (final Operation step : Operation.values()) {
            if (step == Operation.DELETE) {
                continue; // preparation deletes only what failed before
            }
            final FullDiskTest fresh = new FullDiskTest();
            final Journal journal = fresh.started();
            fresh.files.fault((operation, path, length) -> {
                final boolean isPreparation = path.toString().endsWith(".tmp")
                        || operation == Operation.RENAME
                        || operation == Operation.SYNC_DIRECTORY;
                if (operation == step && isPreparation) {
                    throw new IOException("Input/output error");
                }
                return length;
            });
            for (int appended = 0; appended < 30 && !journal.isFull(); appended++) {
                Journals.appendAndCommit(journal, ++fresh.sequence, 1);
            }
            fresh.scheduler.letTimePass();
            assertThat(journal.disk().preparationFailures()).as("%s", step).isEqualTo(2);

            fresh.files.fault(FaultyFiles.Fault.NONE);
            fresh.scheduler.letTimePass();

            assertThat(journal.isFull()).as("%s", step).isFalse();
            fresh.thenGoesOnAndLosesNothing(journal);
        }
    }

    @Test
    void shouldRetryOnItsOwnThreadWhenTheRealDiskWasFull(@TempDir final Path data) {
        final FaultyFiles real = new FaultyFiles(JournalFiles.real());
        try (Journal journal = Journals.started(data, real)) {
            Awaitility.await().until(() -> journal.disk().segmentCount() == 2);
            real.reserve(1L << 60);
            for (int appended = 1; journal.disk().segmentCount() == 2 && !journal.isFull(); appended++) {
                Journals.appendAndCommit(journal, appended, 1);
            }

            real.reserve(0);

            Awaitility.await().until(() -> !journal.isFull());
            assertThat(journal.disk().segmentCount()).isEqualTo(3);
            assertThat(journal.disk().preparationFailures()).isPositive();
        }
    }

    @Test
    void shouldStartWhenTheSegmentIsUsedToTheLastByteAndTheSpareTakesItsTime() {
        scheduler.stall();
        while (true) {
            final Journal journal = started();
            journal.close();
            if (journal.durablePosition() == SEGMENT_LENGTH) {
                break;
            }
        }

        final Journal journal = started();

        assertThat(journal.durablePosition()).isGreaterThan(SEGMENT_LENGTH);
        assertThat(journal.disk().segmentCount()).isEqualTo(2);
    }

    @Test
    void shouldTryAgainWhenMemoryWasShortWhileASegmentWasPrepared() {
        scheduler.stall();
        final Journal journal = started();
        files.fault((operation, path, length) -> {
            throw new OutOfMemoryError("Cannot reserve direct buffer memory");
        });
        Refusals.of(OutOfMemoryError.class, scheduler::letTimePass);
        assertThat(journal.isFull()).isTrue();
        files.fault(FaultyFiles.Fault.NONE);

        scheduler.letTimePass();

        assertThat(journal.isFull()).isFalse();
    }
}
