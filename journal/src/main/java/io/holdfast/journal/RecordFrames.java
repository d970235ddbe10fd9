package io.holdfast.journal;

import org.agrona.DirectBuffer;

/** Checks that the records of a batch fill it exactly, in order. */
final class RecordFrames {
    private long lastSequence;

    /** Of the last record of the batch checked last; without records the header's sequence. */
    long lastSequence() {
        return lastSequence;
    }

    /** What is wrong with the records of a batch that begins at the index; null if nothing. */
    String check(final DirectBuffer buffer, final int index, final BatchHeader header) {
        final int end = header.batchLength - BatchLayout.TRAILER_LENGTH;
        int at = BatchHeader.LENGTH;
        long sequence = header.firstSequence - 1;
        long timeMs = Long.MIN_VALUE;
        for (int record = 0; record < header.recordCount; record++) {
            if (end - at < BatchLayout.RECORD_HEADER_LENGTH) {
                return "record " + record + " does not fit its batch";
            }
            final int length = buffer.getInt(index + at + BatchLayout.RECORD_LENGTH_OFFSET, BatchLayout.ORDER);
            final int mark = buffer.getInt(index + at + BatchLayout.RECORD_MARK_OFFSET, BatchLayout.ORDER);
            if (mark != BatchLayout.RECORD_MARK || length < 1 || length > end - at - BatchLayout.RECORD_HEADER_LENGTH) {
                return "record " + record + " of length " + length;
            }
            final long next = buffer.getLong(index + at + BatchLayout.RECORD_SEQUENCE_OFFSET, BatchLayout.ORDER);
            final long nextTimeMs = buffer.getLong(index + at + BatchLayout.RECORD_TIME_OFFSET, BatchLayout.ORDER);
            if (record == 0 ? next != header.firstSequence : next <= sequence) {
                return "record " + record + " of sequence " + next + " after " + sequence;
            }
            if (nextTimeMs < timeMs) {
                return "record " + record + " of timeMs " + nextTimeMs + " after " + timeMs;
            }
            sequence = next;
            timeMs = nextTimeMs;
            at = BatchLayout.alignToRecord(at + BatchLayout.RECORD_HEADER_LENGTH + length);
        }
        if (header.recordCount > 0 && timeMs != header.timeMs) {
            return "timeMs " + header.timeMs + " in the header, " + timeMs + " in the last record";
        }
        lastSequence = header.recordCount == 0 ? header.firstSequence : sequence;
        return BatchLayout.alignToSector(at + BatchLayout.TRAILER_LENGTH) == header.batchLength
                ? null
                : "batch length " + header.batchLength + " with records up to " + at;
    }
}
