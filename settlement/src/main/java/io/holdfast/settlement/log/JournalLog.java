package io.holdfast.settlement.log;

import io.holdfast.journal.Journal;
import io.holdfast.journal.JournalFiles;
import io.holdfast.journal.JournalPositionException;
import io.holdfast.journal.JournalRefusedException;
import io.holdfast.journal.JournalTrimmedException;
import io.holdfast.journal.SnapshotChoice;
import io.holdfast.journal.SnapshotStore;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/** The journal of the server that this runs in, as the log that its followers read. */
public final class JournalLog implements CommittedLog {
    private final Journal journal;
    private final SnapshotStore snapshots;

    /** A store of snapshots is for one thread, and several followers may ask. */
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * Follows an open journal.
     *
     * @param dataDirectory the journal's, for its snapshots
     */
    public JournalLog(final Journal journal, final Path dataDirectory, final JournalFiles files) {
        this.journal = journal;
        this.snapshots = SnapshotStore.open(dataDirectory, files);
    }

    @Override
    public UUID id() {
        return journal.recovery().journalId();
    }

    @Override
    public long endSequence() {
        return journal.durableSequence();
    }

    @Override
    public long trimmedBelow() {
        return journal.firstPosition();
    }

    @Override
    public LogReader follow(final long fromPosition) throws HistoryTrimmedException {
        if (fromPosition < trimmedBelow()) {
            throw new HistoryTrimmedException(fromPosition, trimmedBelow());
        }
        try {
            return new JournalLogReader(journal.follow(fromPosition), sequence -> {});
        } catch (final JournalTrimmedException e) {
            throw new HistoryTrimmedException(fromPosition, trimmedBelow());
        } catch (final JournalPositionException e) {
            throw new NoSuchPositionException(e);
        } catch (final JournalRefusedException | UncheckedIOException e) {
            throw new UncheckedLogException(e);
        }
    }

    @Override
    public Optional<LogSnapshot> newestSnapshot() {
        lock.lock();
        try {
            final SnapshotChoice choice = snapshots.newestWhole();
            if (choice.newest().isEmpty() && !choice.faults().isEmpty() && trimmedBelow() > BEGINNING) {
                throw new UncheckedLogException(choice.faults().get(0)); // not as if there never was one
            }
            return choice.newest().map(meta -> new StoredSnapshot(snapshots, meta));
        } catch (final UncheckedIOException e) {
            throw new UncheckedLogException(e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<LogSnapshot> snapshots() {
        lock.lock();
        try {
            return snapshots.list().stream()
                    .<LogSnapshot>map(meta -> new StoredSnapshot(snapshots, meta))
                    .toList();
        } catch (final UncheckedIOException e) {
            throw new UncheckedLogException(e);
        } finally {
            lock.unlock();
        }
    }
}
