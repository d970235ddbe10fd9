package io.holdfast.settlement.state;

import io.holdfast.core.StateMachine;
import io.holdfast.core.store.SlabSource;
import io.holdfast.journal.JournalFiles;
import io.holdfast.journal.SnapshotMeta;
import io.holdfast.journal.SnapshotStore;
import io.holdfast.settlement.log.LogSnapshot;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Loads the newest snapshot on a thread of its own while the journal is opened and verified, which needs as long as a
 * tenth of it. The journal's lock need not be held: a snapshot is only read, appears whole or not at all, and has
 * checksums of its own.
 *
 * <p>What was loaded counts only for a recovery that would have begun with that very snapshot. Whatever went wrong here
 * is no fault yet: the recovery loads the snapshot itself then, and reports what it finds.
 *
 * <p>Begun, given to a {@link StateRecovery} and closed by the thread that starts the server.
 */
public final class HeadStart implements AutoCloseable {
    private static final String THREAD = "holdfast-head-start";

    private final SnapshotStore snapshots;
    private final long hashSeed;
    private final SlabSource memory;

    private CompletableFuture<Optional<Loaded>> loading;
    private volatile boolean isAbandoned;

    private HeadStart(
            final Path dataDirectory, final JournalFiles files, final long hashSeed, final SlabSource memory) {
        this.snapshots = SnapshotStore.open(dataDirectory, files, this::checkWanted);
        this.hashSeed = hashSeed;
        this.memory = memory;
    }

    private record Loaded(SnapshotMeta meta, StateMachine machine) {
        private boolean isOf(final UUID journalId, final LogSnapshot snapshot) {
            return meta.journalId().equals(journalId)
                    && meta.sequence() == snapshot.sequence()
                    && meta.position() == snapshot.position()
                    && meta.timeMs() == snapshot.timeMs();
        }
    }

    /**
     * Begins to load; returns at once.
     *
     * @param dataDirectory the journal's, which may not exist yet
     * @param hashSeed of the core's indexes
     * @param memory for the state, now and as long as that is used
     */
    public static HeadStart begin(
            final Path dataDirectory, final JournalFiles files, final long hashSeed, final SlabSource memory) {
        final HeadStart headStart = new HeadStart(dataDirectory, files, hashSeed, memory);
        headStart.loading = CompletableFuture.supplyAsync(headStart::load, HeadStart::startThread);
        return headStart;
    }

    private static void startThread(final Runnable work) {
        final Thread thread = new Thread(work, THREAD);
        thread.setDaemon(true);
        thread.start();
    }

    private Optional<Loaded> load() {
        return snapshots.list().stream().findFirst().map(meta -> {
            final StateMachine machine = newMachine();
            try {
                snapshots.read(meta, machine::loadEntry);
                return new Loaded(meta, machine);
            } catch (final RuntimeException | Error e) {
                machine.discard();
                throw e;
            }
        });
    }

    private void checkWanted() {
        if (isAbandoned) {
            throw new AbandonedException();
        }
    }

    /** An empty one such as is being loaded, for whoever has to load it anew. */
    StateMachine newMachine() {
        return new StateMachine(hashSeed, memory);
    }

    /**
     * Waits for what is being loaded, and hands it over, once.
     *
     * @return empty when it is of another snapshot, or anything went wrong: load it yourself
     */
    Optional<StateMachine> take(final UUID journalId, final LogSnapshot snapshot) {
        final Optional<Loaded> loaded = awaitLoaded();
        loading = CompletableFuture.completedFuture(Optional.empty()); // the memory is the taker's to let go
        if (loaded.isPresent() && !loaded.get().isOf(journalId, snapshot)) {
            loaded.get().machine().discard();
            return Optional.empty();
        }
        return loaded.map(Loaded::machine);
    }

    /** Gives up what is not loaded yet, and waits for the thread: no longer than it takes to fill the indexes. */
    @Override
    public void close() {
        isAbandoned = true;
        awaitLoaded().ifPresent(untaken -> untaken.machine().discard());
        loading = CompletableFuture.completedFuture(Optional.empty());
    }

    private Optional<Loaded> awaitLoaded() {
        return loading.exceptionally(fault -> Optional.empty()).join();
    }
}
