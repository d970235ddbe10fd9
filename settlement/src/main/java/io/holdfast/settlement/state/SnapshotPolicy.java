package io.holdfast.settlement.state;

/**
 * When a snapshot is due: whichever comes first. Records bound the time that a start takes to apply the tail; bytes
 * bound what retention must leave standing, since nothing is taken away that the older of two snapshots needs.
 *
 * @param everyRecords records since the last one, 1 or more
 * @param everyBytes bytes of journal since the last one, 1 or more
 */
public record SnapshotPolicy(long everyRecords, long everyBytes) {
    public SnapshotPolicy {
        if (everyRecords < 1 || everyBytes < 1) {
            throw new IllegalArgumentException(
                    "a snapshot every " + everyRecords + " records, " + everyBytes + " bytes: each must be 1 or more");
        }
    }

    boolean isDue(final long records, final long bytes) {
        return records > 0 && (records >= everyRecords || bytes >= everyBytes);
    }
}
