package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Faults 9, 20, 21: one life of a server after the other, each writes, takes snapshots and has old segments taken away,
 * until it is killed, loses power or stops; disks fail now and then. Whatever is left, two snapshots lead to the end.
 */
@Tag("slow")
class RetentionLivesTest {
    private static final Path DATA = SmallJournal.DATA;
    private static final Path ARCHIVE = Path.of("/archive");
    private static final int KEPT = 2;
    private static final int RUNS = 60;
    private static final int LIVES = 25;

    private Random random;
    private SimulatedDisk disk;
    private FaultyFiles files;
    private CrashFault crash;
    private Optional<Path> archive;
    private long acknowledged;
    private long trimmed;

    @Test
    void shouldAlwaysHaveTwoSnapshotsToGoOnFromWhereHistoryWasTrimmed() {
        final Long given = Long.getLong("holdfast.seed");
        final long seed = given == null ? System.nanoTime() : given;
        System.out.println("lives of retention: -Dholdfast.seed=" + seed);
        random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            disk = new SimulatedDisk();
            archive = random.nextInt(3) == 0 ? Optional.empty() : Optional.of(ARCHIVE);
            if (random.nextBoolean()) {
                disk.mount(ARCHIVE);
            }
            acknowledged = 0;
            for (int life = 0; life < LIVES; life++) {
                live("run " + run + ", life " + life);
            }
        }
        assertThat(trimmed).isGreaterThan(RUNS);
    }

    private void live(final String what) {
        files = new FaultyFiles(disk);
        final int crashAt = random.nextInt(4) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(400);
        crash = new CrashFault(crashAt, random.nextBoolean() ? 0 : random.nextDouble());
        files.fault(crash);
        try (Journal journal = Journal.open(SmallJournal.CONFIG, files, new InlineScheduler(), 0)) {
            check(what, journal);
            journal.start();
            work(journal, SnapshotStore.open(DATA, files));
            return;
        } catch (final CrashFault.Crash e) {
            // the end of this life
        } catch (final JournalFailedException e) {
            assertThat(e).as(what).hasRootCauseInstanceOf(CrashFault.Crash.class);
        }
        if (random.nextBoolean()) {
            disk.killProcess();
        } else {
            disk.losePower(random);
        }
    }

    private void work(final Journal journal, final SnapshotStore store) {
        final Retention retention = new Retention(journal, 0, archive);
        long sequence = journal.durableSequence();
        for (int turn = random.nextInt(120); turn > 0; turn--) {
            final int count = 1 + random.nextInt(3);
            Journals.appendAndCommit(journal, sequence + 1, count);
            sequence += count;
            acknowledged = sequence;
            if (random.nextInt(8) == 0) {
                onAFaultyDisk(() -> snapshot(journal, store));
            }
            if (random.nextInt(3) == 0) {
                onAFaultyDisk(() -> trim(store, retention));
            }
        }
    }

    /** What may fail without harm does so, now and then; and taking segments away ends for this life where a sync failed. */
    private void onAFaultyDisk(final Runnable work) {
        final int[] left = {random.nextInt(4) > 0 ? -1 : random.nextInt(7)};
        files.fault((operation, path, length) -> {
            if (left[0]-- == 0) {
                throw new IOException("Input/output error");
            }
            return crash.before(operation, path, length);
        });
        try {
            work.run();
        } catch (final UncheckedIOException e) {
            assertThat(e).hasMessageMatching(".*(Input/output error|a sync failed).*");
        } finally {
            files.fault(crash);
        }
    }

    private void snapshot(final Journal journal, final SnapshotStore store) {
        final UUID id = journal.recovery().journalId();
        final long sequence = journal.durableSequence();
        final SnapshotMeta meta =
                new SnapshotMeta(id, sequence, journal.durablePosition(), Journals.timeMs(sequence), 1, 0);
        store.write(meta, chunks -> chunks.onChunk(new UnsafeBuffer(new byte[700]), 0, 700));
        store.read(meta, (buffer, offset, length) -> {});
        store.keep(KEPT);
    }

    private void trim(final SnapshotStore store, final Retention retention) {
        final Optional<SnapshotMeta> older = store.oldestOf(KEPT);
        while (older.isPresent() && retention.trimOne(older.get().position())) {
            trimmed++;
        }
    }

    private void check(final String what, final Journal journal) {
        final long last = journal.recovery().lastSequence();
        assertThat(last).as(what).isBetween(acknowledged, acknowledged + 3);
        acknowledged = last; // what a start has recovered is durable, whether it was answered or not
        final SnapshotStore store = SnapshotStore.open(DATA, disk);
        assertThat(store.newestWhole().faults()).as(what).isEmpty();
        final List<SnapshotMeta> metas = store.list();
        if (journal.firstPosition() > 0) {
            assertThat(metas.size()).as(what).isGreaterThanOrEqualTo(KEPT);
        }
        for (final SnapshotMeta meta : metas.subList(0, Math.min(KEPT, metas.size()))) {
            final List<String> records = new ArrayList<>();
            journal.replay(meta.position(), Journals.collectInto(records));
            assertThat(records).as(what).isEqualTo(Journals.expected(meta.sequence() + 1, last));
        }
        if (archive.isPresent()) {
            try (JournalReader reader = JournalReader.open(DATA, Optional.of(ARCHIVE), disk, JournalReader.OLDEST)) {
                assertThat(Journals.readAll(reader)).as(what).isEqualTo(Journals.expected(1, last));
            }
        }
    }
}
