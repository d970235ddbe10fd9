package io.holdfast.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A direct buffer with the three views that journal code needs of the same bytes: Agrona's for fields, one
 * {@code ByteBuffer} for I/O and one for CRC32C (an intrinsic on direct buffers). Allocates only when made.
 * One thread.
 */
final class ChecksumBuffer {
    private final UnsafeBuffer buffer;
    private final ByteBuffer ioView;
    private final ByteBuffer checksumView;
    private final CRC32C crc = new CRC32C();

    ChecksumBuffer(final int capacity) {
        ioView = ByteBuffer.allocateDirect(capacity);
        checksumView = ioView.duplicate();
        buffer = new UnsafeBuffer(ioView);
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    int capacity() {
        return buffer.capacity();
    }

    /** The I/O view, set to these bytes. */
    ByteBuffer io(final int offset, final int length) {
        return ioView.limit(offset + length).position(offset);
    }

    int checksum(final int offset, final int length) {
        crc.reset();
        crc.update(checksumView.limit(offset + length).position(offset));
        return (int) crc.getValue();
    }
}
