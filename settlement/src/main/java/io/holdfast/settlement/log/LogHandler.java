package io.holdfast.settlement.log;

import io.holdfast.core.JournalRecord;

/** Takes committed records in the order of their sequence. */
@FunctionalInterface
public interface LogHandler {
    /**
     * Called by the thread that polls.
     *
     * @param position reading from it delivers this record again
     * @param sequence strictly increasing, not dense
     * @param timeMs logical time in epoch milliseconds, never decreasing
     * @param record the command and its events, before the first event; valid during the call
     */
    void onRecord(long position, long sequence, long timeMs, JournalRecord record);
}
