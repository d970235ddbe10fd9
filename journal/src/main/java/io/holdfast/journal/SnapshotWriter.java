package io.holdfast.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.agrona.DirectBuffer;

/**
 * Writes one snapshot file, front to back; chunks are gathered so that small ones do not cost a write each.
 */
final class SnapshotWriter implements SnapshotChunkHandler {
    private static final int CAPACITY = SnapshotChunkHandler.CHUNK_LENGTH_MAX + 64 * 1024;

    /**
     * The disk is the journal's too: a sync of all of a large snapshot at once would hold up the writer's, and could not
     * be given up when the server stops.
     */
    private static final int SYNC_LENGTH = 8 * 1024 * 1024;

    private final JournalFile file;
    private final ChecksumBuffer bytes = new ChecksumBuffer(CAPACITY);
    private final ChunkChecksum checksum;
    private long written;
    private long synced;
    private int gathered;
    private long chunkCount;

    SnapshotWriter(final JournalFile file, final SnapshotMeta meta) {
        this.file = file;
        this.checksum = new ChunkChecksum(SnapshotLayout.encode(meta, bytes));
        this.gathered = SnapshotLayout.HEADER_LENGTH;
    }

    @Override
    public void onChunk(final DirectBuffer buffer, final int offset, final int length) {
        if (length < 1 || length > CHUNK_LENGTH_MAX) {
            throw new IllegalArgumentException("chunk length " + length + " is not from 1 to " + CHUNK_LENGTH_MAX);
        }
        append(length, buffer, offset);
        chunkCount++;
    }

    /** On return all is durable, the file's name aside. */
    void finish() throws IOException {
        final ChecksumBuffer count = new ChecksumBuffer(SnapshotLayout.END_LENGTH);
        count.buffer().putLong(0, chunkCount, BatchLayout.ORDER);
        append(0, count.buffer(), 0);
        flush();
        file.sync();
    }

    /** A frame of that length; the end's, whose length is 0, has eight bytes all the same. */
    private void append(final int length, final DirectBuffer source, final int offset) {
        final int bodyLength = length == 0 ? SnapshotLayout.END_LENGTH : length;
        if (gathered + SnapshotLayout.FRAME_LENGTH + bodyLength > bytes.capacity()) {
            try {
                flush();
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        final int body = gathered + SnapshotLayout.FRAME_LENGTH;
        bytes.buffer().putInt(gathered, length, BatchLayout.ORDER);
        bytes.buffer().putBytes(body, source, offset, bodyLength);
        bytes.buffer().putInt(gathered + 4, checksum.next(length, bytes.io(body, bodyLength)), BatchLayout.ORDER);
        gathered = body + bodyLength;
    }

    private void flush() throws IOException {
        Segment.writeFully(file, bytes.io(0, gathered), written);
        written += gathered;
        gathered = 0;
        if (written - synced >= SYNC_LENGTH) {
            file.sync();
            synced = written;
        }
    }
}
