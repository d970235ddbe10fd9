package io.holdfast.journal;

import java.io.IOException;
import java.nio.file.Path;

/** Reads one snapshot file, front to back; a chunk is handed over after its checksum was found right. */
final class SnapshotReader {
    private static final int CAPACITY = SnapshotChunkHandler.CHUNK_LENGTH_MAX + 64 * 1024;

    private final Path path;
    private final JournalFile file;
    private final ChecksumBuffer bytes;

    /** The buffer holds [start, end) of the file. */
    private long start;

    private long end;

    SnapshotReader(final Path path, final JournalFile file) throws IOException {
        this.path = path;
        this.file = file;
        this.bytes = new ChecksumBuffer((int) Math.min(CAPACITY, file.length()));
    }

    SnapshotMeta readMeta() throws IOException {
        require(0, SnapshotLayout.HEADER_LENGTH);
        return SnapshotLayout.decode(bytes, path);
    }

    /** Reads all of it. */
    void readChunks(final SnapshotChunkHandler handler) throws IOException {
        readMeta();
        final ChunkChecksum checksum =
                new ChunkChecksum(bytes.buffer().getInt(SnapshotLayout.HEADER_CHECKSUM_OFFSET, BatchLayout.ORDER));
        long chunkCount = 0;
        long at = SnapshotLayout.HEADER_LENGTH;
        while (true) {
            int index = require(at, SnapshotLayout.FRAME_LENGTH);
            final int length = bytes.buffer().getInt(index, BatchLayout.ORDER);
            final int expected = bytes.buffer().getInt(index + 4, BatchLayout.ORDER);
            if (length < 0 || length > SnapshotChunkHandler.CHUNK_LENGTH_MAX) {
                throw new JournalCorruptException(path, at, "chunk length " + length);
            }
            final int bodyLength = length == 0 ? SnapshotLayout.END_LENGTH : length;
            index = require(at + SnapshotLayout.FRAME_LENGTH, bodyLength);
            if (checksum.next(length, bytes.io(index, bodyLength)) != expected) {
                throw new JournalCorruptException(path, at, "chunk: wrong checksum");
            }
            at += SnapshotLayout.FRAME_LENGTH + bodyLength;
            if (length == 0) {
                checkEnd(at, bytes.buffer().getLong(index, BatchLayout.ORDER), chunkCount);
                return;
            }
            handler.onChunk(bytes.buffer(), index, length);
            chunkCount++;
        }
    }

    private void checkEnd(final long at, final long expectedCount, final long chunkCount) throws IOException {
        if (expectedCount != chunkCount) {
            throw new JournalCorruptException(path, at, chunkCount + " chunks, of " + expectedCount);
        }
        if (file.length() != at) {
            throw new JournalCorruptException(path, at, "bytes behind the end");
        }
    }

    /** Index in the buffer at which these bytes of the file begin. */
    private int require(final long offset, final int length) throws IOException {
        if (offset < start || offset + length > end) {
            start = offset;
            final var target = bytes.io(0, bytes.capacity());
            while (target.hasRemaining() && file.read(target, offset + target.position()) > 0) {
                // until full, or the end of the file
            }
            end = offset + target.position();
            if (offset + length > end) {
                throw new JournalCorruptException(path, end, "snapshot cut short");
            }
        }
        return (int) (offset - start);
    }
}
