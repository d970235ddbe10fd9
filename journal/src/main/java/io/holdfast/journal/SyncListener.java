package io.holdfast.journal;

/**
 * Hears of each successful sync of a batch, on the writer's thread: it must be quick and allocate nothing.
 */
@FunctionalInterface
public interface SyncListener {

    /**
     * @param nanos the fdatasync took
     * @param records that became durable
     * @param bytes that became durable, with framing and padding
     */
    void onSync(long nanos, int records, int bytes);
}
