package io.holdfast.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What a journal takes of its disk, and how the disk fares: for metrics and for whoever watches. Any thread. */
public final class JournalDisk {
    private final Path directory;
    private final JournalFiles files;
    private final KeptSegments kept;
    private final SpareKeeper spares;

    JournalDisk(final Path directory, final JournalFiles files, final KeptSegments kept, final SpareKeeper spares) {
        this.directory = directory;
        this.files = files;
        this.kept = kept;
        this.spares = spares;
    }

    /** Segment files, the spare with them. */
    public int segmentCount() {
        return kept.count();
    }

    /** Attempts to make a spare segment that failed since the start. */
    public long preparationFailures() {
        return spares.failures();
    }

    /**
     * Bytes that may still be written. Asks the file system.
     *
     * @throws UncheckedIOException when that does not say
     */
    public long freeBytes() {
        try {
            return files.usableBytes(directory);
        } catch (final IOException e) {
            throw new UncheckedIOException("free bytes of " + directory, e);
        }
    }
}
