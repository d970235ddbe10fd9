package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.journal.FaultyFiles.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Fault 9, 12, 20: what one start left half done must not stop a later one, nor mislead who reads beside it. */
class RepeatedCrashTest {
    private static final Path DATA = SmallJournal.DATA;
    private static final Path SEGMENT = SmallJournal.SEGMENT;
    private static final Path SPARE = SmallJournal.SPARE;

    private long sequence;

    /** A journal whose last batch does not fit the first segment and got into the second by these bytes only. */
    private SimulatedDisk tornAtTheRoll(final int bytesWritten) {
        final SimulatedDisk disk = new SimulatedDisk();
        final FaultyFiles files = new FaultyFiles(disk);
        final Journal journal = Journal.open(SmallJournal.CONFIG, files, new InlineScheduler());
        journal.start();
        failInTheSpare(journal, files, bytesWritten);
        disk.killProcess();
        return SimulatedDisk.holding(disk.contents());
    }

    private void failInTheSpare(final Journal journal, final FaultyFiles files, final int bytesWritten) {
        final boolean[] isShort = {false};
        files.fault((operation, path, length) -> {
            if (operation == Operation.WRITE && path.equals(SPARE)) {
                if (isShort[0]) {
                    throw new IOException("Input/output error");
                }
                isShort[0] = true;
                return Math.min(length, bytesWritten);
            }
            return length;
        });
        final int first = (int) journal.durableSequence() + 1;
        sequence = first - 1;
        try {
            while (true) {
                Journals.append(journal, sequence + 1, 6);
                journal.commit();
                sequence += 6;
            }
        } catch (final JournalFailedException e) {
            files.fault(FaultyFiles.Fault.NONE);
        }
    }

    @Test
    void shouldStartWhenPowerIsLostAfterAStartThatFoundTheRepairOfTheSpareInMemoryOnly() {
        for (int seed = 0; seed < 20; seed++) {
            final SimulatedDisk disk = tornAtTheRoll(512);
            final int before = operationsOfARepair();
            for (int crashAt = 1; crashAt <= before; crashAt++) {
                final SimulatedDisk copy = SimulatedDisk.holding(disk.contents());
                final FaultyFiles files = new FaultyFiles(copy);
                files.fault(new CrashFault(crashAt, 1));
                try {
                    Journal.open(SmallJournal.CONFIG, files, new InlineScheduler());
                } catch (final CrashFault.Crash e) {
                    assertThat(e).hasMessage("crash");
                }
                copy.killProcess();
                SmallJournal.open(copy).start();
                copy.losePower(new Random(seed));

                final Journal journal = SmallJournal.open(copy);

                assertThat(Journals.replay(journal)).isEqualTo(Journals.expected(1, sequence));
            }
        }
    }

    private int operationsOfARepair() {
        final FaultyFiles files = new FaultyFiles(tornAtTheRoll(512));
        Journal.open(SmallJournal.CONFIG, files, new InlineScheduler());
        return files.operations();
    }

    @Test
    void shouldStartWhenPowerIsLostAfterTheRepairOfATornTailFailedToSync() {
        for (int seed = 0; seed < 20; seed++) {
            final SmallJournal crashed = SmallJournal.crashed();
            final byte[] torn = crashed.segment();
            final int first = crashed.lastBatchOffset();
            Arrays.fill(torn, first, first + BatchLayout.SECTOR, (byte) 0);
            final SimulatedDisk disk = crashed.diskWith(torn);
            final FaultyFiles files = new FaultyFiles(disk);
            files.fault((operation, path, length) -> {
                if (operation == Operation.SYNC && path.equals(SEGMENT)) {
                    disk.failSync(path);
                    throw new IOException("Input/output error");
                }
                return length;
            });
            Refusals.of(() -> Journal.open(SmallJournal.CONFIG, files, new InlineScheduler()));
            disk.killProcess();
            SmallJournal.open(disk).start();
            disk.losePower(new Random(seed));

            final Journal journal = SmallJournal.open(disk);

            assertThat(Journals.replay(journal)).isEqualTo(Journals.expected(1, crashed.sequenceBeforeLastBatch()));
        }
    }

    @Test
    void shouldReadOnBesideAServerThatCutATornBatchOffTheNextSegment() {
        final SimulatedDisk disk = tornAtTheRoll(512);
        try (JournalReader reader = JournalReader.open(DATA, disk, 0)) {
            assertThat(Journals.readAll(reader)).isEqualTo(Journals.expected(1, sequence));
            assertThat(reader.stat().isTailUnfinished()).isTrue();
            final long position = reader.position();
            final Journal journal = SmallJournal.open(disk);
            journal.start();
            Journals.appendAndCommit(journal, sequence + 1, 1);

            final List<String> records = new ArrayList<>(Journals.readAll(reader));
            for (long next = sequence + 2; next < sequence + 40; next++) {
                Journals.appendAndCommit(journal, next, 1);
            }
            records.addAll(Journals.readAll(reader));

            assertThat(records).isEqualTo(Journals.expected(sequence + 1, sequence + 39));
            try (JournalReader later = JournalReader.open(DATA, disk, position)) {
                assertThat(Journals.readAll(later)).isEqualTo(Journals.expected(sequence + 1, sequence + 39));
            }
        }
    }
}
