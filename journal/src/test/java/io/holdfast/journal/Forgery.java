package io.holdfast.journal;

import java.util.function.Consumer;

/** Rewrites a batch so that its checksums are right and its meaning is not. */
final class Forgery {
    private final ChecksumBuffer bytes;

    Forgery(final byte[] segment) {
        bytes = new ChecksumBuffer(segment.length);
        bytes.buffer().putBytes(0, segment);
    }

    /** Changes the header of the batch at the offset and signs it again. */
    Forgery header(final int offset, final Consumer<BatchHeader> change) {
        final BatchHeader header = new BatchHeader();
        header.decode(bytes, offset);
        change.accept(header);
        header.encode(bytes, offset);
        return this;
    }

    /** Changes an int in the batch at the offset and signs the batch again. */
    Forgery batchInt(final int offset, final int length, final int fieldOffset, final int value) {
        bytes.buffer().putInt(offset + fieldOffset, value, BatchLayout.ORDER);
        return sign(offset, length);
    }

    Forgery sign(final int offset, final int length) {
        final int trailer = length - BatchLayout.TRAILER_LENGTH;
        bytes.buffer().putInt(offset + trailer, bytes.checksum(offset, trailer), BatchLayout.ORDER);
        return this;
    }

    byte[] segment() {
        final byte[] segment = new byte[bytes.capacity()];
        bytes.buffer().getBytes(0, segment);
        return segment;
    }
}
