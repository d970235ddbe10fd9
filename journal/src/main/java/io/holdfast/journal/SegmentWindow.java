package io.holdfast.journal;

import java.io.IOException;

/** A stretch of one segment in memory, so that many small batches cost one read. */
final class SegmentWindow {
    private static final int CAPACITY = 1024 * 1024;

    private ChecksumBuffer bytes;

    /** The window holds [start, end) of the segment, from index 0 of the bytes. */
    private Segment segment;

    private int start;
    private int end;

    SegmentWindow(final int segmentLength) {
        bytes = new ChecksumBuffer(Math.min(CAPACITY, segmentLength));
    }

    ChecksumBuffer bytes() {
        return bytes;
    }

    /**
     * The index in {@link #bytes()} at which the segment's [offset, offset + length) begin.
     *
     * @param limit offset in the segment beyond which nothing is to be read
     */
    int load(final Segment from, final int offset, final int length, final int limit) throws IOException {
        if (from != segment || offset < start || offset + length > end) {
            fill(from, offset, length, limit);
        }
        return offset - start;
    }

    private void fill(final Segment from, final int offset, final int length, final int limit) throws IOException {
        clear();
        if (length > bytes.capacity()) {
            bytes = new ChecksumBuffer(length);
        }
        final int filled = Math.max(length, Math.min(bytes.capacity(), limit - offset));
        from.read(bytes.io(0, filled), offset);
        segment = from;
        start = offset;
        end = offset + filled;
    }

    /** Whether all that is in the window was read by a load that began at this offset. */
    boolean beginsAt(final Segment from, final int offset) {
        return from == segment && offset == start;
    }

    void clear() {
        segment = null;
        start = 0;
        end = 0;
    }
}
