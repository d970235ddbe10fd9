package io.holdfast.settlement.reconcile;

import io.holdfast.core.JournalRecord;
import io.holdfast.core.MessageSink;
import io.holdfast.journal.JournalFiles;
import io.holdfast.journal.JournalPositionException;
import io.holdfast.journal.JournalReader;
import io.holdfast.journal.JournalRefusedException;
import io.holdfast.journal.JournalTrimmedException;
import io.holdfast.journal.SnapshotMeta;
import io.holdfast.journal.SnapshotStore;
import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.log.HistoryTrimmedException;
import io.holdfast.settlement.log.LogHandler;
import io.holdfast.settlement.log.LogReader;
import io.holdfast.settlement.log.LogSnapshot;
import io.holdfast.settlement.log.NoSuchPositionException;
import io.holdfast.settlement.log.UncheckedLogException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A data directory as a log, read from outside: read-only, without its lock, beside a running server or a stopped one. One
 * thread.
 *
 * <p>The only place that knows how a journal is opened here.
 */
final class JournalHistory implements CommittedLog {
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
     * @throws JournalRefusedException when there is none, or its beginning cannot be read
     */
    static JournalHistory of(final Path dataDirectory, final Optional<Path> archiveDirectory) {
        return new JournalHistory(dataDirectory, archiveDirectory);
    }

    private JournalReader open(final long fromPosition) {
        return archiveDirectory
                .map(archive -> JournalReader.open(dataDirectory, archive, files, fromPosition))
                .orElseGet(() -> JournalReader.open(dataDirectory, files, fromPosition));
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
    boolean isWhole() {
        return firstPosition == BEGINNING;
    }

    @Override
    public LogReader follow(final long fromPosition) throws HistoryTrimmedException {
        if (fromPosition < firstPosition) {
            throw new HistoryTrimmedException(fromPosition, firstPosition);
        }
        try {
            return read(fromPosition);
        } catch (final JournalTrimmedException e) {
            throw new HistoryTrimmedException(fromPosition, firstPosition);
        } catch (final JournalPositionException e) {
            throw new NoSuchPositionException(e);
        } catch (final JournalRefusedException e) {
            throw new UncheckedLogException(e);
        }
    }

    /**
     * Begins to read, for those who have no other road: a refusal is for people.
     *
     * @throws JournalRefusedException when it cannot be read, or does not reach back to the position
     */
    LogReader read(final long fromPosition) {
        try {
            return new OutsideReader(open(fromPosition));
        } catch (final UncheckedIOException e) {
            throw new UncheckedLogException(e);
        }
    }

    @Override
    public Optional<LogSnapshot> newestSnapshot() {
        return snapshots.newestWhole().newest().map(OutsideSnapshot::new);
    }

    @Override
    public List<LogSnapshot> snapshots() {
        return snapshots.list().stream().<LogSnapshot>map(OutsideSnapshot::new).toList();
    }

    /** The oldest snapshot from which kept history goes on: it remembers most of what came before. */
    Optional<LogSnapshot> oldestSnapshot() {
        final List<SnapshotMeta> newestFirst = snapshots.list();
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            final SnapshotMeta meta = newestFirst.get(i);
            if (meta.position() >= firstPosition && meta.journalId().equals(id) && isReadable(meta)) {
                return Optional.of(new OutsideSnapshot(meta));
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
    long firstSequence() {
        final long[] first = {Long.MAX_VALUE};
        try (LogReader reader = read(firstPosition)) {
            reader.poll((position, sequence, timeMs, record) -> first[0] = sequence, 1);
        }
        return first[0];
    }

    /** Reads on from a position to the end for now. */
    static void readToEnd(final LogReader reader, final LogHandler handler) {
        while (reader.poll(handler, RECORDS_PER_POLL) > 0) {
            // until there is no more
        }
    }

    /** A reader that also sees how far the journal goes. */
    private final class OutsideReader implements LogReader {
        private final JournalReader reader;
        private final JournalRecord record = new JournalRecord();

        OutsideReader(final JournalReader reader) {
            this.reader = reader;
        }

        @Override
        public int poll(final LogHandler handler, final int recordsMax) {
            try {
                return reader.poll(
                        (position, sequence, timeMs, buffer, offset, length) -> {
                            handler.onRecord(position, sequence, timeMs, record.wrap(buffer, offset, length));
                            endSequence = Math.max(endSequence, sequence);
                        },
                        recordsMax);
            } catch (final UncheckedIOException e) {
                throw new UncheckedLogException(e);
            }
        }

        @Override
        public long position() {
            return reader.position();
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    /** A snapshot, one entry a chunk. */
    private final class OutsideSnapshot implements LogSnapshot {
        private final SnapshotMeta meta;

        OutsideSnapshot(final SnapshotMeta meta) {
            this.meta = meta;
        }

        @Override
        public long sequence() {
            return meta.sequence();
        }

        @Override
        public long position() {
            return meta.position();
        }

        @Override
        public long timeMs() {
            return meta.timeMs();
        }

        @Override
        public void read(final MessageSink entries) {
            snapshots.read(meta, entries::onMessage);
        }
    }
}
