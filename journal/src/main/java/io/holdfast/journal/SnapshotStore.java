package io.holdfast.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots of a data directory, named by sequence. Layout: {@link SnapshotLayout}. One thread writes and
 * deletes; reading is safe beside it, since a snapshot appears whole or not at all.
 */
public final class SnapshotStore {
    static final String DIRECTORY = "snapshots";

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotStore.class);
    private static final String SUFFIX = ".snap";
    private static final Pattern NAME = Pattern.compile("[0-9]{20}\\.snap");

    private final Path directory;
    private final JournalFiles files;
    private final Runnable onChunk;

    /** Those this store has read to the end: they need not be read again to be counted on. */
    private final Set<Path> whole = ConcurrentHashMap.newKeySet();

    /** Those of which somebody said that they are of no use, whole or not. */
    private final Set<Path> refused = ConcurrentHashMap.newKeySet();

    private SnapshotStore(final Path directory, final JournalFiles files, final Runnable onChunk) {
        this.directory = directory;
        this.files = files;
        this.onChunk = onChunk;
    }

    public static SnapshotStore open(final Path dataDirectory, final JournalFiles files) {
        return open(dataDirectory, files, () -> {});
    }

    /**
     * A store for one who must not be held up by snapshots of gigabytes.
     *
     * @param onChunk called before each chunk that is written or read, for whatever purpose; what it throws comes
     *     out of the call, as after a failure
     */
    public static SnapshotStore open(final Path dataDirectory, final JournalFiles files, final Runnable onChunk) {
        return new SnapshotStore(dataDirectory.resolve(DIRECTORY), files, onChunk);
    }

    /**
     * Writes a snapshot. On return it is durable under its name; until then readers see nothing of it. A
     * failure leaves the store as it was, unless deleting the new file failed too. It counts as whole once it
     * was read.
     *
     * @return the file
     * @throws UncheckedIOException when the disk refused
     */
    public Path write(final SnapshotMeta meta, final SnapshotContent content) {
        final Path path = path(meta.sequence());
        final Path temporary = path.resolveSibling(path.getFileName() + SegmentDirectory.TEMPORARY_SUFFIX);
        try {
            files.createDirectories(directory);
            writeTemporary(temporary, meta, content);
            whole.remove(path);
            refused.remove(path);
            files.rename(temporary, path);
            settleName(path);
            return path;
        } catch (final IOException e) {
            throw new UncheckedIOException("writing " + path + ": " + e.getMessage(), e);
        }
    }

    private void writeTemporary(final Path temporary, final SnapshotMeta meta, final SnapshotContent content)
            throws IOException {
        try (JournalFile file = files.create(temporary)) {
            final SnapshotWriter writer = new SnapshotWriter(file, meta);
            content.writeTo((buffer, offset, length) -> {
                onChunk.run();
                writer.onChunk(buffer, offset, length);
            });
            writer.finish();
        } catch (final IOException | RuntimeException e) {
            deleteQuietly(temporary, e);
            throw e;
        }
    }

    /** One that may be gone after a loss of power must not be counted on: what older ones need would be taken away. */
    private void settleName(final Path path) throws IOException {
        try {
            files.syncDirectory(directory);
        } catch (final IOException e) {
            deleteQuietly(path, e);
            throw e;
        }
    }

    /** A half-made snapshot would hold the very space that may be short. */
    private void deleteQuietly(final Path path, final Exception cause) {
        try {
            files.delete(path);
        } catch (final IOException e) {
            cause.addSuppressed(e);
        }
    }

    /**
     * Hands over the content, chunk by chunk, each verified before; whether all of it is whole is known on
     * return only.
     *
     * @throws JournalCorruptException when it is damaged
     * @throws JournalRefusedException when it cannot be read
     * @throws IllegalArgumentException when the file is not the one that was described
     */
    public void read(final SnapshotMeta meta, final SnapshotChunkHandler handler) {
        final Path path = path(meta.sequence());
        try (JournalFile file = files.openToRead(path)) {
            final SnapshotReader reader = new SnapshotReader(path, file);
            final SnapshotMeta found = reader.readMeta();
            if (!found.equals(meta)) {
                throw new IllegalArgumentException(path + " holds " + found + ", not " + meta);
            }
            reader.readChunks((buffer, offset, length) -> {
                onChunk.run();
                handler.onChunk(buffer, offset, length);
            });
            whole.add(path);
        } catch (final IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Snapshots with a sound header, newest first. Content is not looked at. */
    public List<SnapshotMeta> list() {
        return list(fault -> {}); // a start and newestWhole report it
    }

    private List<SnapshotMeta> list(final Consumer<JournalRefusedException> onFault) {
        final List<SnapshotMeta> metas = new ArrayList<>();
        for (final Path path : paths()) {
            try {
                metas.add(readMeta(path));
            } catch (final JournalRefusedException e) {
                onFault.accept(e);
            }
        }
        return metas;
    }

    /**
     * The newest snapshot that is whole, read from front to back to be sure, and what is wrong with newer
     * ones.
     */
    public SnapshotChoice newestWhole() {
        final List<JournalRefusedException> faults = new ArrayList<>();
        for (final Path path : paths()) {
            try {
                return new SnapshotChoice(Optional.of(verify(path)), faults);
            } catch (final JournalRefusedException e) {
                faults.add(e);
            }
        }
        return new SnapshotChoice(Optional.empty(), faults);
    }

    /**
     * Deletes what is older than the newest so many whole snapshots. Damaged ones count for nothing and are
     * deleted only when older than those.
     *
     * @return how many files were deleted
     */
    public int keep(final int count) {
        if (count < 1) {
            throw new IllegalArgumentException("keep " + count + " snapshots: at least 1");
        }
        int kept = 0;
        int deleted = 0;
        try {
            for (final Path path : paths()) {
                if (kept == count) {
                    files.delete(path);
                    whole.remove(path);
                    refused.remove(path);
                    deleted++;
                } else if (isWhole(path)) {
                    kept++;
                }
            }
            if (deleted > 0) {
                files.syncDirectory(directory);
            }
            return deleted;
        } catch (final IOException e) {
            throw new UncheckedIOException("deleting in " + directory + ": " + e.getMessage(), e);
        }
    }

    /**
     * Notes that nobody could go on from a snapshot, be it whole or not: to {@link #keep} and {@link #oldestOf} it is as a
     * damaged one from now on.
     */
    public void refuse(final SnapshotMeta meta) {
        refused.add(path(meta.sequence()));
    }

    /**
     * Of the newest so many whole snapshots the oldest: what lies before its position is not needed by any of them.
     *
     * @return empty while there are fewer
     */
    public Optional<SnapshotMeta> oldestOf(final int count) {
        int found = 0;
        for (final Path path : paths()) {
            if (isWhole(path) && ++found == count) {
                return Optional.of(readMeta(path));
            }
        }
        return Optional.empty();
    }

    private boolean isWhole(final Path path) {
        if (refused.contains(path)) {
            return false;
        }
        if (!whole.contains(path)) {
            try {
                verify(path);
            } catch (final JournalRefusedException e) {
                return false; // newestWhole reports it
            }
        }
        return true;
    }

    boolean isEmpty() {
        return paths().isEmpty();
    }

    /**
     * Refuses a journal that does not reach as far as a snapshot of it: its tail was lost. Says which snapshots cannot
     * tell, once a start.
     *
     * @param endPosition behind the journal's last batch
     */
    void checkNotAhead(final UUID journalId, final long lastSequence, final long endPosition) {
        final List<SnapshotMeta> metas =
                list(fault -> LOG.warn("a snapshot counts for nothing: {}", fault.getMessage()));
        for (final SnapshotMeta meta : metas) {
            if (!meta.journalId().equals(journalId)) {
                throw refusal(meta, "is of journal " + meta.journalId() + ", the journal is " + journalId);
            }
            if (meta.sequence() > lastSequence || meta.position() > endPosition) {
                throw refusal(
                        meta,
                        "is of sequence " + meta.sequence() + " and position " + meta.position()
                                + ", the journal ends at " + lastSequence + " and " + endPosition);
            }
        }
    }

    private JournalRefusedException refusal(final SnapshotMeta meta, final String what) {
        return new JournalRefusedException(
                path(meta.sequence()), 0, "the snapshot " + what, "restore the journal that belongs to the snapshots");
    }

    private SnapshotMeta verify(final Path path) {
        final SnapshotMeta meta = readMeta(path);
        read(meta, (buffer, offset, length) -> {});
        return meta;
    }

    private SnapshotMeta readMeta(final Path path) {
        try (JournalFile file = files.openToRead(path)) {
            final SnapshotMeta meta = new SnapshotReader(path, file).readMeta();
            if (!path.equals(path(meta.sequence()))) {
                throw new JournalCorruptException(path, 0, "holds the snapshot of sequence " + meta.sequence());
            }
            return meta;
        } catch (final IOException e) {
            throw unreadable(path, e);
        }
    }

    /** A bad sector shows as an error of a read: the snapshot is lost like a damaged one, and only that one. */
    private static JournalRefusedException unreadable(final Path path, final IOException e) {
        return new JournalRefusedException(path, 0, "cannot be read: " + e, "see to the disk", e);
    }

    private List<Path> paths() {
        try {
            return files.list(directory).stream()
                    .filter(path -> NAME.matcher(path.getFileName().toString()).matches())
                    .sorted(Comparator.comparing(
                                    (Path path) -> path.getFileName().toString())
                            .reversed())
                    .toList();
        } catch (final IOException e) {
            throw new UncheckedIOException("listing " + directory, e);
        }
    }

    private Path path(final long sequence) {
        return directory.resolve(SegmentDirectory.digits(sequence) + SUFFIX);
    }
}
