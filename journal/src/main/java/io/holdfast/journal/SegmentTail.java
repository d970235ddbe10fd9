package io.holdfast.journal;

import java.io.IOException;
import java.util.Optional;

/** Scans what lies behind the last batch of a segment, in modest pieces. */
final class SegmentTail {
    private static final int CHUNK_LENGTH = 256 * 1024;

    private final Segment segment;
    private final ChecksumBuffer bytes;

    SegmentTail(final Segment segment, final ChecksumBuffer bytes) {
        this.segment = segment;
        this.bytes = bytes;
    }

    /** A buffer to scan with, to be shared by the scans of one thread. */
    static ChecksumBuffer scanBuffer(final int segmentLength) {
        return new ChecksumBuffer(Math.min(CHUNK_LENGTH, segmentLength));
    }

    /** Bytes from the offset up to the segment's last non-zero one; 0 when all are zero. */
    int writtenLength(final int offset) throws IOException {
        int written = 0;
        for (int at = offset; at < segment.length(); at += bytes.capacity()) {
            final int length = read(at, Math.min(bytes.capacity(), segment.length() - at));
            final int writtenHere = Zeros.writtenLength(bytes.buffer(), 0, length);
            if (writtenHere > 0) {
                written = at - offset + writtenHere;
            }
        }
        return written;
    }

    /** The same for the sector at the offset alone. */
    int writtenLengthOfFirstSector(final int offset) throws IOException {
        final int length = read(offset, Math.min(BatchLayout.SECTOR, segment.length() - offset));
        return Zeros.writtenLength(bytes.buffer(), 0, length);
    }

    /** Whether a whole sector within the range is zero. */
    boolean hasZeroSector(final int offset, final int length) throws IOException {
        for (int at = offset; at < offset + length; at += bytes.capacity()) {
            if (Zeros.hasZeroSector(bytes.buffer(), 0, read(at, Math.min(bytes.capacity(), offset + length - at)))) {
                return true;
            }
        }
        return false;
    }

    boolean isZeroAt(final int offset) throws IOException {
        read(offset, 1);
        return bytes.buffer().getByte(0) == 0;
    }

    /** The header of a batch at the offset, if it is readable. */
    Optional<BatchHeader> headerAt(final int offset) throws IOException {
        read(offset, BatchHeader.LENGTH);
        if (!BatchHeader.isReadable(bytes, 0)) {
            return Optional.empty();
        }
        final BatchHeader header = new BatchHeader();
        header.decode(bytes, 0);
        return Optional.of(header);
    }

    /** Offset of the first readable header of a batch that says it belongs just there; -1 without one. */
    int findBatch(final int offset, final int end, final int journalTag) throws IOException {
        final BatchHeader header = new BatchHeader();
        for (int at = offset; at < end; at += bytes.capacity()) {
            final int length = read(at, Math.min(bytes.capacity(), end - at));
            for (int index = 0; index + BatchHeader.LENGTH <= length; index += BatchLayout.SECTOR) {
                if (BatchHeader.isReadable(bytes, index)) {
                    header.decode(bytes, index);
                    if (header.position == segment.base() + at + index && header.journalTag == journalTag) {
                        return at + index;
                    }
                }
            }
        }
        return -1;
    }

    private int read(final int offset, final int length) throws IOException {
        segment.read(bytes.io(0, length), offset);
        return length;
    }
}
