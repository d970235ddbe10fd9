package io.holdfast.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The checksums of a snapshot's chunks, each over the one before. */
final class ChunkChecksum {
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer prefix = ByteBuffer.allocateDirect(8).order(BatchLayout.ORDER);
    private int previous;

    ChunkChecksum(final int headerChecksum) {
        this.previous = headerChecksum;
    }

    /** Takes up the bytes between the buffer's position and limit. */
    int next(final int length, final ByteBuffer body) {
        crc.reset();
        crc.update(prefix.clear().putInt(previous).putInt(length).flip());
        crc.update(body);
        previous = (int) crc.getValue();
        return previous;
    }
}
