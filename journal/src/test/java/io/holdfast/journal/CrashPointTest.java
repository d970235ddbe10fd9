package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Fault 4, 9, 20: a crash at every operation of making, filling, rolling, closing, recovering and repairing a
 * journal, of the process alone and of the power with it. What commit acknowledged is there, what is there
 * beyond is a prefix of what was appended, and the next start converges.
 */
class CrashPointTest {
    private static final Path DATA = Path.of("/data");
    private static final JournalConfig CONFIG = new JournalConfig(DATA, 8 * 1024, 2048, 0);
    private static final int BATCHES = 14;
    private static final double[] SHARES_WRITTEN = {0, 0.02, 0.6};

    /** One life of a server on a disk that may fail it. */
    private static final class Life {
        private final FaultyFiles files;
        private long attempted;
        private long acknowledged;

        Life(final SimulatedDisk disk, final FaultyFiles.Fault fault, final long acknowledged) {
            this.files = new FaultyFiles(disk);
            this.files.fault(fault);
            this.acknowledged = acknowledged;
            this.attempted = acknowledged;
        }

        /** Opens, checks what is there, appends and closes. */
        void live(final int batches) {
            final Journal journal = Journal.open(CONFIG, files, new InlineScheduler());
            final long recovered = journal.recovery().lastSequence();
            assertThat(recovered).isGreaterThanOrEqualTo(acknowledged);
            assertThat(Journals.replay(journal)).isEqualTo(Journals.expected(1, recovered));
            acknowledged = recovered;
            attempted = Math.max(attempted, recovered);
            journal.start();
            for (int batch = 0; batch < batches; batch++) {
                final int count = 1 + batch % 3;
                attempted = Math.max(attempted, acknowledged + count);
                Journals.append(journal, acknowledged + 1, count);
                journal.commit();
                acknowledged += count;
            }
            journal.close();
        }

        /** Appends as long as there is room, while no further segment is prepared. */
        void liveWithoutPreparation() {
            final InlineScheduler scheduler = new InlineScheduler();
            scheduler.stall();
            final Journal journal = Journal.open(CONFIG, files, scheduler);
            acknowledged = journal.recovery().lastSequence();
            journal.start();
            while (journal.hasRoom()) {
                Journals.appendAndCommit(journal, acknowledged + 1, 1);
                acknowledged++;
            }
        }

        /** Lives until the crash. */
        void dieIn(final int batches) {
            try {
                live(batches);
            } catch (final JournalFailedException e) {
                assertThat(e).hasRootCauseInstanceOf(CrashFault.Crash.class);
            } catch (final CrashFault.Crash e) {
                assertThat(e).hasMessage("crash");
            }
        }
    }

    private static void crash(final SimulatedDisk disk, final Random random, final boolean isPowerLost) {
        if (isPowerLost) {
            disk.losePower(random);
        } else {
            disk.killProcess();
        }
    }

    private static int operationsOf(final SimulatedDisk disk, final int batches) {
        final Life life = new Life(disk, FaultyFiles.Fault.NONE, 0);
        life.live(batches);
        return life.files.operations();
    }

    private static void thenConverges(final SimulatedDisk disk, final Life before) {
        final Life after = new Life(disk, FaultyFiles.Fault.NONE, before.acknowledged);
        after.live(3);
        assertThat(after.acknowledged).isGreaterThanOrEqualTo(before.acknowledged + 3);
        final Life last = new Life(disk, FaultyFiles.Fault.NONE, after.acknowledged);
        last.live(0);
        assertThat(last.acknowledged).isEqualTo(after.acknowledged);
    }

    @Test
    void shouldKeepWhatWasAcknowledgedWhenCrashedAtAnyOperation() {
        final int operations = operationsOf(new SimulatedDisk(), BATCHES);

        for (int crashAt = 1; crashAt <= operations; crashAt++) {
            for (final double share : SHARES_WRITTEN) {
                for (int seed = 0; seed < 6; seed++) {
                    final SimulatedDisk disk = new SimulatedDisk();
                    final Life life = new Life(disk, new CrashFault(crashAt, share), 0);
                    try {
                        life.dieIn(BATCHES);
                        crash(disk, new Random(seed), seed > 0);
                        thenConverges(disk, life);
                    } catch (final RuntimeException | AssertionError e) {
                        throw new AssertionError("crash at " + crashAt + ", share " + share + ", seed " + seed, e);
                    }
                }
            }
        }
    }

    @Test
    void shouldConvergeWhenCrashedAgainDuringRecovery() {
        final int operations = operationsOf(new SimulatedDisk(), BATCHES);
        int repairs = 0;

        for (int crashAt = 1; crashAt <= operations; crashAt++) {
            for (int crashAgainAt = 1; crashAgainAt <= 16; crashAgainAt++) {
                final Random random = new Random(crashAt * 1_000L + crashAgainAt);
                final SimulatedDisk disk = new SimulatedDisk();
                final Life first = new Life(disk, new CrashFault(crashAt, random.nextDouble()), 0);
                try {
                    first.dieIn(BATCHES);
                    crash(disk, random, random.nextBoolean());
                    final CrashFault again = new CrashFault(crashAgainAt, random.nextDouble());
                    final Life second = new Life(disk, again, first.acknowledged);
                    second.dieIn(1);
                    crash(disk, random, random.nextBoolean());
                    repairs += hasTornCopy(disk) ? 1 : 0;
                    thenConverges(disk, second);
                } catch (final RuntimeException | AssertionError e) {
                    throw new AssertionError("crash at " + crashAt + ", again at " + crashAgainAt, e);
                }
            }
        }

        assertThat(repairs).as("crashes that met a repair").isGreaterThan(20);
    }

    @Test
    void shouldKeepWhatWasAcknowledgedWhenThePowerIsLostInTheLifeAfterAKill() {
        final int operations = operationsOf(new SimulatedDisk(), BATCHES);

        for (int crashAt = 1; crashAt <= operations; crashAt++) {
            for (int seed = 0; seed < 4; seed++) {
                final SimulatedDisk disk = new SimulatedDisk();
                final Life first = new Life(disk, new CrashFault(crashAt, 0.5), 0);
                try {
                    first.dieIn(BATCHES);
                    disk.killProcess();
                    final Life second = new Life(disk, FaultyFiles.Fault.NONE, first.acknowledged);
                    second.liveWithoutPreparation();
                    disk.losePower(new Random(seed));
                    thenConverges(disk, second);
                } catch (final RuntimeException | AssertionError e) {
                    throw new AssertionError("killed at " + crashAt + ", seed " + seed, e);
                }
            }
        }
    }

    private static boolean hasTornCopy(final SimulatedDisk disk) {
        return disk.contents().keySet().stream()
                .anyMatch(path -> path.getFileName().toString().contains(".torn-"));
    }

    @Test
    void shouldKeepWhatWasAcknowledgedWhenPowerIsLostAgainAndAgain() {
        final long seed = System.nanoTime();
        System.out.println("power loss, seed " + seed);
        final Random random = new Random(seed);

        for (int run = 0; run < 60; run++) {
            final SimulatedDisk disk = new SimulatedDisk();
            long acknowledged = 0;
            for (int life = 0; life < 8; life++) {
                final CrashFault fault = new CrashFault(1 + random.nextInt(90), random.nextDouble());
                final Life next = new Life(disk, fault, acknowledged);
                try {
                    next.dieIn(20);
                } catch (final RuntimeException | AssertionError e) {
                    throw new AssertionError("seed " + seed + ", run " + run + ", life " + life, e);
                }
                acknowledged = next.acknowledged;
                disk.losePower(random);
            }
            thenConverges(disk, new Life(disk, FaultyFiles.Fault.NONE, acknowledged));
        }
    }

    @Test
    void shouldLeaveNothingBehindWhenItConverged() {
        final SimulatedDisk disk = new SimulatedDisk();
        final Life life = new Life(disk, new CrashFault(9, 0), 0);

        life.dieIn(BATCHES);
        disk.killProcess();
        thenConverges(disk, life);

        final List<String> names = disk.contents().keySet().stream()
                .map(path -> path.getFileName().toString())
                .toList();
        assertThat(names).allMatch(name -> name.endsWith(".log"));
    }

    @Test
    void shouldMakeTheNamesOfItsDirectoriesDurableAtEachStart() {
        final SimulatedDisk disk = SmallJournal.crashed().disk();
        final FaultyFiles files = new FaultyFiles(disk);
        final List<Path> synced = new ArrayList<>();
        files.fault((operation, path, length) -> {
            if (operation == FaultyFiles.Operation.SYNC_DIRECTORY) {
                synced.add(path);
            }
            return length;
        });

        Journal.open(SmallJournal.CONFIG, files, new InlineScheduler());

        assertThat(synced).contains(DATA);
    }
}
