package io.holdfast.settlement.log;

import io.holdfast.core.MessageSink;

/** The whole state as of one record, and where to go on from there. */
public interface LogSnapshot {
    /** Of the last record in it. */
    long sequence();

    /** Where to go on reading. */
    long position();

    /** Logical time of the last record in it, in epoch milliseconds. */
    long timeMs();

    /**
     * Hands over its entries, {@code SnapshotBegin} to {@code SnapshotEnd}, one by one, each verified before.
     *
     * @throws UncheckedLogException when it cannot be read, or was deleted meanwhile: ask for the newest again
     */
    void read(MessageSink entries);
}
