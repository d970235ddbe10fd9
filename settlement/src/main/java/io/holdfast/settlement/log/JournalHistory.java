package io.holdfast.settlement.log;

import io.holdfast.journal.JournalFiles;
import io.holdfast.journal.JournalPositionException;
import io.holdfast.journal.JournalReader;
import io.holdfast.journal.JournalRefusedException;
import io.holdfast.journal.JournalTrimmedException;
import io.holdfast.journal.SnapshotMeta;
import io.holdfast.journal.SnapshotStore;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A data directory as a log, read from outside: read-only, without its lock, beside a running server or a stopped one. One
 * thread.
 */
public final class JournalHistory implements CommittedLog {
    private static final int RECORDS_PER_POLL = 1_024;

    private final Path dataDirectory;
    private final Optional<Path> archiveDirectory;
    private final JournalFiles files = JournalFiles.real();
    private final SnapshotStore snapshots;
    private final UUID id;
    private final long firstPosition;

    private long endSequence;

    private JournalHistory(final Path dataDirectory, final Optional<Path> archiveDirectory) {
        this.dataDirectory = dataDirectory;
        this.archiveDirectory = archiveDirectory;
        this.snapshots = SnapshotStore.open(dataDirectory, files);
        try (JournalReader reader = open(JournalReader.OLDEST)) {
            this.id = reader.journalId();
            this.firstPosition = reader.stat().firstPosition();
        }
    }

    /**
     * Looks at the journal of a data directory.
     *
     * @param archiveDirectory where old segments were moved to, if anywhere
     * @throws UncheckedLogException when there is none, or its beginning cannot be read
     */
    public static JournalHistory of(final Path dataDirectory, final Optional<Path> archiveDirectory) {
        try {
            return new JournalHistory(dataDirectory, archiveDirectory);
        } catch (final JournalRefusedException | UncheckedIOException e) {
            throw new UncheckedLogException(e);
        }
    }

    private JournalReader open(final long fromPosition) {
        return JournalReader.open(dataDirectory, archiveDirectory, files, fromPosition);
    }

    @Override
    public UUID id() {
        return id;
    }

    /** Of the last record that was read by anyone here. */
    @Override
    public long endSequence() {
        return endSequence;
    }

    @Override
    public long trimmedBelow() {
        return firstPosition;
    }

    /** Whether the first record ever is still there. */
    public boolean isWhole() {
        return firstPosition == BEGINNING;
    }

    @Override
    public LogReader follow(final long fromPosition) throws HistoryTrimmedException {
        if (fromPosition < firstPosition) {
            throw new HistoryTrimmedException(fromPosition, firstPosition);
        }
        try {
            return reader(fromPosition);
        } catch (final JournalTrimmedException e) {
            throw new HistoryTrimmedException(fromPosition, firstPosition);
        } catch (final JournalPositionException e) {
            throw new NoSuchPositionException(e);
        } catch (final JournalRefusedException | UncheckedIOException e) {
            throw new UncheckedLogException(e);
        }
    }

    /**
     * Begins to read, for those who have no other road: the journal's own words are for people.
     *
     * @throws UncheckedLogException when it cannot be read, or does not reach back to the position
     */
    public LogReader read(final long fromPosition) {
        try {
            return reader(fromPosition);
        } catch (final JournalRefusedException | UncheckedIOException e) {
            throw new UncheckedLogException(e);
        }
    }

    private LogReader reader(final long fromPosition) {
        return new JournalLogReader(open(fromPosition), sequence -> endSequence = Math.max(endSequence, sequence));
    }

    /** Damaged ones are passed over, even where history was trimmed: a reader from outside goes on with what there is. */
    @Override
    public Optional<LogSnapshot> newestSnapshot() {
        try {
            return snapshots.newestWhole().newest().map(this::stored);
        } catch (final UncheckedIOException e) {
            throw new UncheckedLogException(e);
        }
    }

    @Override
    public List<LogSnapshot> snapshots() {
        return listed().stream().map(this::stored).toList();
    }

    private List<SnapshotMeta> listed() {
        try {
            return snapshots.list();
        } catch (final UncheckedIOException e) {
            throw new UncheckedLogException(e);
        }
    }

    private LogSnapshot stored(final SnapshotMeta meta) {
        return new StoredSnapshot(snapshots, meta);
    }

    /** The oldest snapshot from which kept history goes on: it remembers most of what came before. */
    public Optional<LogSnapshot> oldestSnapshot() {
        final List<SnapshotMeta> newestFirst = listed();
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            final SnapshotMeta meta = newestFirst.get(i);
            if (meta.position() >= firstPosition && meta.journalId().equals(id) && isReadable(meta)) {
                return Optional.of(stored(meta));
            }
        }
        return Optional.empty();
    }

    private boolean isReadable(final SnapshotMeta meta) {
        try {
            snapshots.read(meta, (buffer, offset, length) -> {});
            return true;
        } catch (final JournalRefusedException e) {
            return false; // a newer one serves as well; whoever needs the newest is told what is wrong with it
        }
    }

    /** Sequence of the oldest record that is kept; {@link Long#MAX_VALUE} when there is none. */
    public long firstSequence() {
        final long[] first = {Long.MAX_VALUE};
        try (LogReader reader = read(firstPosition)) {
            reader.poll((position, sequence, timeMs, record) -> first[0] = sequence, 1);
        }
        return first[0];
    }

    /** Reads on from a position to the end for now. */
    public static void readToEnd(final LogReader reader, final LogHandler handler) {
        while (reader.poll(handler, RECORDS_PER_POLL) > 0) {
            // until there is no more
        }
    }
}
