package io.holdfast.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** An open segment file with its verified header. */
final class Segment implements Closeable {
    private final Path path;
    private final SegmentHeader header;
    private final JournalFile file;

    Segment(final Path path, final SegmentHeader header, final JournalFile file) {
        this.path = path;
        this.header = header;
        this.file = file;
    }

    Path path() {
        return path;
    }

    SegmentHeader header() {
        return header;
    }

    long base() {
        return header.base();
    }

    int length() {
        return header.segmentLength();
    }

    /** Length of the file: less than {@link #length()} when it was cut. */
    long fileLength() throws IOException {
        return file.length();
    }

    /** Fills the target; bytes beyond the end of a cut file read as zeros. */
    void read(final ByteBuffer target, final int offset) throws IOException {
        final int start = target.position();
        while (target.hasRemaining()) {
            final int count = file.read(target, offset + (long) (target.position() - start));
            if (count < 0) {
                break;
            }
        }
        while (target.hasRemaining()) {
            target.put((byte) 0);
        }
    }

    /**
     * Writes all of the source, however short the single writes are; one that makes no progress is a failure.
     */
    void write(final ByteBuffer source, final int offset) throws IOException {
        writeFully(file, source, offset);
    }

    static void writeFully(final JournalFile file, final ByteBuffer source, final long offset) throws IOException {
        final int start = source.position();
        while (source.hasRemaining()) {
            if (file.write(source, offset + source.position() - start) <= 0) {
                throw new IOException("a write made no progress, " + source.remaining() + " bytes left");
            }
        }
    }

    void sync() throws IOException {
        file.sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
