package io.holdfast.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away the oldest segments, one by one: deletes them, or moves them to an archive. What it leaves is always
 * one stretch without a gap, at whatever point it was cut short, since one segment is durably gone before the next
 * one is touched; and the next call, or start, goes on from there.
 *
 * <p>For one thread, not the writer's, which is never waited for. Readers that have a segment open keep it.
 */
public final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final Journal journal;
    private final KeptSegments kept;
    private final SegmentDirectory directory;
    private final long retainBytes;
    private final SegmentArchive archive;

    /** After a sync that failed nobody knows what is durable, and a gap could come of going on. */
    private boolean isSpent;

    /** Whether what earlier processes took away is durably so. */
    private boolean isSettled;

    /**
     * Takes nothing away yet.
     *
     * @param journal open for as long as this is used
     * @param retainBytes so much of the journal, the newest, stays, in bytes; 0 or more
     * @param archiveDirectory where segments are moved to; empty: they are deleted
     * @throws IllegalArgumentException when the archive is the journal's own directory
     * @throws UncheckedIOException when the archive is not there and cannot be made
     */
    public Retention(final Journal journal, final long retainBytes, final Optional<Path> archiveDirectory) {
        if (retainBytes < 0) {
            throw new IllegalArgumentException("retainBytes " + retainBytes + " is negative");
        }
        this.journal = Objects.requireNonNull(journal, "journal");
        this.kept = journal.kept();
        this.directory = kept.directory();
        this.retainBytes = retainBytes;
        this.archive =
                archiveDirectory.map(path -> SegmentArchive.of(path, directory)).orElse(null);
    }

    /** Whether more is kept than must be, snapshots aside. */
    public boolean isAnyOld() {
        return kept.firstPosition() + kept.segmentLength() < journal.durablePosition() - retainBytes;
    }

    /**
     * Takes away the oldest segment, if all of it lies below that position, and so far below the end as is retained.
     * The current segment and the spare never do. On return it is durably gone, and was durably in the archive before.
     *
     * @param neededFrom position from which on everything is needed: that of the older one of two whole snapshots
     * @return whether one was taken away; there may be another
     * @throws UncheckedIOException when the disk or the archive refused; nothing was lost, and later calls may do it
     */
    public boolean trimOne(final long neededFrom) {
        final long base = kept.firstPosition();
        final long end = base + kept.segmentLength();
        if (end >= neededFrom || !isAnyOld()) {
            return false;
        }
        final Path path = directory.segmentPath(base);
        if (isSpent) {
            throw new UncheckedIOException(
                    new IOException("a sync failed: no segment is taken away before the next start"));
        }
        try {
            kept.beginAt(end);
            takeAway(path);
            kept.removed();
        } catch (final IOException e) {
            settle(base, path, e);
            throw new UncheckedIOException("taking away " + path + ": " + e.getMessage(), e);
        }
        LOG.info("segment {} was {}", path, archive == null ? "deleted" : "moved to " + archive.path());
        return true;
    }

    private void takeAway(final Path path) throws IOException {
        settleEarlierLives();
        if (archive != null) {
            archive.take(path);
            sync(archive.path());
        }
        directory.files().delete(path);
        sync(directory.path());
    }

    /**
     * What an earlier process moved away when a sync failed under it may still come back with the next power loss: were
     * the next segment moved before that is settled, the one might come back and the other not.
     */
    private void settleEarlierLives() throws IOException {
        if (!isSettled) {
            if (archive != null) {
                sync(archive.path());
            }
            sync(directory.path());
            isSettled = true;
        }
    }

    private void sync(final Path of) throws IOException {
        isSpent = true;
        directory.files().syncDirectory(of);
        isSpent = false;
    }

    /** What could not be taken away is history still. */
    private void settle(final long base, final Path path, final IOException failure) {
        try {
            if (directory.files().exists(path)) {
                kept.beginAt(base);
            } else {
                kept.removed();
                isSpent = true;
            }
        } catch (final IOException e) {
            failure.addSuppressed(e);
            isSpent = true;
        }
    }
}
