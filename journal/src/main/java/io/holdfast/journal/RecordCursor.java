package io.holdfast.journal;

import org.agrona.DirectBuffer;

/** Walks the records of one verified batch. */
final class RecordCursor {
    private DirectBuffer buffer;
    private int index;
    private long batchPosition;

    /** The next record begins at this offset in the batch; of so many that are left. */
    private int offset;

    private int left;

    private long deliveredCount;
    private long lastSequence;
    private long lastTimeMs;

    void begin(final BatchCursor batch) {
        buffer = batch.bytes().buffer();
        index = batch.batchIndex();
        batchPosition = batch.batchPosition();
        offset = BatchHeader.LENGTH;
        left = batch.header().recordCount;
    }

    boolean hasNext() {
        return left > 0;
    }

    long nextPosition() {
        return batchPosition + offset;
    }

    /** Hands over the next record; it stays the next one when the handler throws. */
    void deliver(final RecordHandler handler) {
        final long sequence = longAt(BatchLayout.RECORD_SEQUENCE_OFFSET);
        final long timeMs = longAt(BatchLayout.RECORD_TIME_OFFSET);
        final int payloadOffset = index + offset + BatchLayout.RECORD_HEADER_LENGTH;
        handler.onRecord(nextPosition(), sequence, timeMs, buffer, payloadOffset, payloadLength());
        lastSequence = sequence;
        lastTimeMs = timeMs;
        deliveredCount++;
        advance();
    }

    /** Leaves out what is left of this batch. */
    void skipAll() {
        left = 0;
    }

    /** Leaves out the records of this batch before the position, which must be where one of them begins. */
    void skipTo(final long position, final Segment segment) {
        while (left > 0 && nextPosition() < position) {
            advance();
        }
        // A segment's base stands for the first batch in it.
        final boolean isFirst = position == segment.base() && batchPosition == position + SegmentHeader.LENGTH;
        if (left == 0 || nextPosition() != position && !isFirst) {
            throw new JournalPositionException(
                    segment.path(),
                    position - segment.base(),
                    "position " + position + " is not where a record or a batch begins",
                    "use a position that a reader gave");
        }
    }

    private void advance() {
        offset = BatchLayout.alignToRecord(offset + BatchLayout.RECORD_HEADER_LENGTH + payloadLength());
        left--;
    }

    private int payloadLength() {
        return buffer.getInt(index + offset + BatchLayout.RECORD_LENGTH_OFFSET, BatchLayout.ORDER);
    }

    private long longAt(final int fieldOffset) {
        return buffer.getLong(index + offset + fieldOffset, BatchLayout.ORDER);
    }

    long deliveredCount() {
        return deliveredCount;
    }

    long lastSequence() {
        return lastSequence;
    }

    long lastTimeMs() {
        return lastTimeMs;
    }
}
