package io.holdfast.journal;

import org.agrona.DirectBuffer;

/** Takes records in the order of their sequence. */
@FunctionalInterface
public interface RecordHandler {

    /**
     * Called by the thread that polls or replays. When it throws, the record counts as not delivered.
     *
     * @param position byte address of the record in the journal; reading from it delivers this record again
     * @param sequence of the record, strictly increasing, not dense
     * @param timeMs logical time of the record, never decreasing
     * @param buffer holds the payload, valid until the handler returns
     * @param offset of the payload in the buffer
     * @param length of the payload in bytes, at least 1
     */
    void onRecord(long position, long sequence, long timeMs, DirectBuffer buffer, int offset, int length);
}
