package io.holdfast.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Path;

/**
 * A directory of segments that the journal no longer holds, under their own names. A name there stands for a whole
 * segment: moved in one step, or copied, synced and renamed where the directory is on another disk.
 */
final class SegmentArchive {
    private static final int PIECE_LENGTH = 1024 * 1024;

    private final Path path;
    private final JournalFiles files;

    private SegmentArchive(final Path path, final JournalFiles files) {
        this.path = path;
        this.files = files;
    }

    /** Makes the directory, so that one that cannot be is refused now, and not with the first segment. */
    static SegmentArchive of(final Path path, final SegmentDirectory journal) {
        try {
            journal.files().createDirectories(path);
        } catch (final IOException e) {
            throw new UncheckedIOException("the archive " + path + " cannot be made: " + e, e);
        }
        if (settled(path).equals(settled(journal.path()))) {
            throw new IllegalArgumentException("the archive " + path + " is the directory of the journal itself");
        }
        return new SegmentArchive(path, journal.files());
    }

    /** The same for the same directory, by whatever links it was named, once it exists. */
    private static Path settled(final Path path) {
        try {
            return path.toRealPath();
        } catch (final IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    Path path() {
        return path;
    }

    /**
     * Takes the segment in. On return it is there, whole; its name is durable after a sync of the archive. The source
     * is gone when it could be moved, and is still there when it had to be copied, or had been by an earlier attempt.
     *
     * @throws IOException also when another segment is there under this name; then nothing was changed
     */
    void take(final Path segment) throws IOException {
        final Path target = path.resolve(segment.getFileName());
        if (files.exists(target)) {
            requireSame(segment, target);
            return;
        }
        try {
            files.rename(segment, target);
        } catch (final AtomicMoveNotSupportedException e) {
            copy(segment, target); // another disk
        }
    }

    private void requireSame(final Path segment, final Path target) throws IOException {
        try (JournalFile source = files.openToRead(segment);
                JournalFile archived = files.openToRead(target)) {
            final long length = source.length();
            final ByteBuffer here = pieceOf(length);
            final ByteBuffer there = pieceOf(length);
            boolean isSame = archived.length() == length;
            for (long offset = 0; isSame && offset < length; offset += PIECE_LENGTH) {
                fill(source, here, offset);
                fill(archived, there, offset);
                isSame = here.equals(there);
            }
            if (!isSame) {
                throw new IOException(target + " is another segment of that name: name an archive of its own");
            }
        }
    }

    private void copy(final Path segment, final Path target) throws IOException {
        final Path temporary = target.resolveSibling(target.getFileName() + SegmentDirectory.TEMPORARY_SUFFIX);
        try {
            try (JournalFile source = files.openToRead(segment);
                    JournalFile copy = files.create(temporary)) {
                final long length = source.length();
                final ByteBuffer piece = pieceOf(length);
                for (long offset = 0; offset < length; offset += PIECE_LENGTH) {
                    fill(source, piece, offset);
                    Segment.writeFully(copy, piece, offset);
                }
                copy.sync();
            }
            requireSame(segment, temporary);
            files.rename(temporary, target);
        } catch (final IOException e) {
            deleteQuietly(temporary, e);
            throw e;
        }
    }

    private static ByteBuffer pieceOf(final long length) {
        return ByteBuffer.allocateDirect((int) Math.min(PIECE_LENGTH, length));
    }

    /** A half-made copy would hold the very space that is short. */
    private void deleteQuietly(final Path temporary, final IOException cause) {
        try {
            files.delete(temporary);
        } catch (final IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** What is there from the offset on, as far as the piece reaches, ready to be taken out of it. */
    private static void fill(final JournalFile file, final ByteBuffer piece, final long offset) throws IOException {
        piece.clear();
        while (piece.hasRemaining() && file.read(piece, offset + piece.position()) > 0) {
            // until full, or the end of the file
        }
        piece.flip();
    }
}
