package io.holdfast.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Reads records from a position on, verified. Two kinds:
 * <ul>
 *   <li>{@link Journal#follow}: inside the server, bounded by what is durable;
 *   <li>{@link #open}: a tool outside, read-only and without the lock, safe beside a running server. An
 *       unfinished last batch is the end for now. It may show a whole batch whose sync has not yet returned.
 * </ul>
 * One thread. Positions are those of records, or of the ends of batches; they grow and are not dense.
 */
public final class JournalReader implements AutoCloseable {
    /** Starting position: wherever the oldest kept segment begins. */
    public static final long OLDEST = -1;

    private static final String DIRECTORY = "journal";
    private static final LongSupplier UNBOUNDED = () -> Long.MAX_VALUE;

    /**
     * A verdict of damage stands when it was reached this often in a row: the server may have written
     * meanwhile.
     */
    private static final int VERDICTS = 3;

    /** To open it, as long as segments vanish under it. */
    private static final int ATTEMPTS = 5;

    private final SegmentDirectory directory;
    private final LongSupplier bound;
    private final boolean isBounded;
    private final UUID journalId;
    private final BatchCursor cursor;
    private final RecordCursor records = new RecordCursor();
    private final BatchCounts counts = new BatchCounts();

    /** The end that was last found sound; there is no need to look behind it again. */
    private long soundEnd = -1;

    private boolean isTailUnfinished;

    private JournalReader(final SegmentDirectory directory, final Segment first, final LongSupplier bound) {
        this.directory = directory;
        this.bound = bound;
        this.isBounded = bound != UNBOUNDED;
        this.journalId = first.header().journalId();
        final int tag = first.header().journalTag();
        final BatchChain chain = first.base() == 0 ? BatchChain.beginning(tag) : BatchChain.unknown(tag);
        this.cursor = new BatchCursor(directory, first, chain);
    }

    /**
     * Opens a journal to read, from outside the server.
     *
     * @param fromPosition 0 for the first record ever, {@link #OLDEST} for the oldest kept, or a position
     *     that was given
     * @throws JournalCorruptException when what must be read to get there is damaged
     * @throws JournalPositionException when it is sound, and nothing begins at the position
     * @throws JournalRefusedException when there is no journal, or history does not reach back to the position
     */
    public static JournalReader open(final Path dataDirectory, final JournalFiles files, final long fromPosition) {
        return open(new SegmentDirectory(dataDirectory.resolve(DIRECTORY), files), fromPosition, UNBOUNDED);
    }

    /**
     * The same, with an archive as the beginning of the history: segments that were moved there are read there.
     *
     * @param archiveDirectory empty where there is none
     * @throws JournalCorruptException when a segment is missing between the archive's and the journal's, or one of
     *     another journal is among them
     */
    public static JournalReader open(
            final Path dataDirectory,
            final Optional<Path> archiveDirectory,
            final JournalFiles files,
            final long fromPosition) {
        return open(
                new SegmentDirectory(dataDirectory.resolve(DIRECTORY), archiveDirectory.orElse(null), files),
                fromPosition,
                UNBOUNDED);
    }

    static JournalReader bounded(
            final Path dataDirectory, final JournalFiles files, final long fromPosition, final LongSupplier bound) {
        return open(new SegmentDirectory(dataDirectory.resolve(DIRECTORY), files), fromPosition, bound);
    }

    private static JournalReader open(
            final SegmentDirectory directory, final long fromPosition, final LongSupplier bound) {
        try {
            List<Long> bases = directory.bases();
            for (int attempt = 1; ; attempt++) {
                try {
                    return openAmong(directory, bases, fromPosition, bound);
                } catch (final IOException e) {
                    final List<Long> now = directory.bases();
                    if (attempt == ATTEMPTS || now.equals(bases)) {
                        throw e;
                    }
                    bases = now; // the server took away old segments meanwhile
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("opening " + directory.path(), e);
        }
    }

    private static JournalReader openAmong(
            final SegmentDirectory directory, final List<Long> bases, final long fromPosition, final LongSupplier bound)
            throws IOException {
        final long base = StartPosition.segmentFor(directory, bases, fromPosition);
        final JournalReader reader = new JournalReader(directory, directory.openToRead(base), bound);
        boolean isAtStart = false;
        try {
            reader.seek(fromPosition == OLDEST ? base : fromPosition);
            isAtStart = true;
            return reader;
        } finally {
            if (!isAtStart) {
                reader.close();
            }
        }
    }

    /** Reads the segment up to the position: so the chain is known there, and the position is proved. */
    private void seek(final long fromPosition) throws IOException {
        if (fromPosition == cursor.segment().base()) {
            return;
        }
        while (cursor.position() < fromPosition) {
            if (!nextBatch()) {
                throw StartPosition.beyondEnd(cursor.segment(), cursor.offset(), fromPosition);
            }
        }
        if (cursor.position() == fromPosition) {
            records.skipAll();
        } else {
            records.skipTo(fromPosition, cursor.segment());
        }
        counts.clear();
    }

    /**
     * Hands over the records that follow, at most so many. A record during which the handler throws is handed
     * over again by the next poll.
     *
     * @return how many; 0 at the end for now
     * @throws JournalCorruptException when what follows is damaged
     * @throws JournalTrimmedException when what follows was taken away meanwhile
     * @throws UncheckedIOException when reading failed
     */
    public int poll(final RecordHandler handler, final int recordsMax) {
        try {
            int polled = 0;
            while (polled < recordsMax && (records.hasNext() || polled == 0 && nextBatch())) {
                if (records.hasNext()) {
                    records.deliver(handler);
                    polled++;
                }
            }
            return polled;
        } catch (final IOException e) {
            throw failureOf(e);
        }
    }

    private RuntimeException failureOf(final IOException e) {
        try {
            checkNotTrimmed();
        } catch (final IOException suppressed) {
            e.addSuppressed(suppressed);
        }
        return new UncheckedIOException("reading " + cursor.segment().path(), e);
    }

    /** A reader keeps open the segment that it is in, but the next one may have been taken away with that. */
    private void checkNotTrimmed() throws IOException {
        final List<Long> bases = directory.bases();
        if (!bases.isEmpty() && bases.get(0) > cursor.segment().base()) {
            throw new JournalTrimmedException(cursor.segment().path(), position(), bases.get(0));
        }
    }

    private boolean nextBatch() throws IOException {
        final long limit = bound.getAsLong();
        if (cursor.position() >= limit) {
            return false;
        }
        final boolean found = isBounded ? nextDurable(limit) : nextVisible();
        if (found) {
            counts.add(cursor.header());
            records.begin(cursor);
        }
        return found;
    }

    private boolean nextDurable(final long limit) throws IOException {
        if (cursor.next(limit) != BatchCursor.Found.BATCH) {
            checkNotTrimmed();
            final long offset = cursor.lookedAt() % cursor.segment().length();
            throw new JournalCorruptException(
                    directory.segmentPath(cursor.lookedAt() - offset),
                    offset,
                    "no whole batch, though it was durable once");
        }
        return true;
    }

    private boolean nextVisible() throws IOException {
        JournalCorruptException verdict = null;
        for (int attempt = 0; attempt < VERDICTS; attempt++) {
            try {
                final BatchCursor.Found found = cursor.next(Long.MAX_VALUE);
                if (found == BatchCursor.Found.BATCH) {
                    isTailUnfinished = false;
                    return true;
                }
                if (found == BatchCursor.Found.BROKEN || cursor.position() != soundEnd) {
                    examineEnd();
                }
                return false;
            } catch (final JournalCorruptException e) {
                verdict = e;
                cursor.forget();
            }
        }
        throw verdict;
    }

    private void examineEnd() throws IOException {
        try (RestOfJournal rest = RestOfJournal.openToRead(directory, cursor.segment())) {
            isTailUnfinished = new TailExaminer(cursor.chain(), cursor.scanBytes())
                    .examine(rest.segments(), cursor.offset())
                    .isPresent();
            SegmentSequence.checkSpares(rest.segments());
        }
        soundEnd = cursor.position();
    }

    /**
     * Where reading goes on: a cursor to keep, and to give to {@link #open} or {@link Journal#follow} later.
     */
    public long position() {
        return records.hasNext() ? records.nextPosition() : cursor.position();
    }

    public UUID journalId() {
        return journalId;
    }

    /** Counts of what was read since the start, and what the directory holds now. */
    public JournalStat stat() {
        try {
            final List<Long> bases = directory.bases();
            return new JournalStat(
                    journalId,
                    bases.size(),
                    bases.isEmpty() ? 0 : bases.get(0),
                    position(),
                    counts.batches(),
                    counts.opens(),
                    counts.closes(),
                    cursor.chain().epoch(),
                    cursor.chain().lastType() == null
                            ? ""
                            : cursor.chain().lastType().name(),
                    records.deliveredCount(),
                    records.lastSequence(),
                    records.lastTimeMs(),
                    isTailUnfinished);
        } catch (final IOException e) {
            throw new UncheckedIOException("listing " + directory.path(), e);
        }
    }

    @Override
    public void close() {
        try {
            cursor.close();
        } catch (final IOException e) {
            throw new UncheckedIOException("closing " + cursor.segment().path(), e);
        }
    }
}
