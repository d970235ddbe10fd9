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

    /** While the log grows by more records a second than this, the sale needs the processors more than the copy does. */
    private static final double SALE_FIRST_PER_SECOND = 10_000;

    /**
     * Whether the copy of the state may wait for a rush to pass: until half of what the next snapshot is made after has
     * gathered, so that a start never has much more to apply than otherwise.
     *
     * @param perSecond records by which the log grows
     * @param behind records that the copy lacks
     */
    boolean mayWait(final double perSecond, final long behind) {
        return perSecond > SALE_FIRST_PER_SECOND && !isFarBehind(behind);
    }

    /** Whether the copy lacks so many records that it comes before the sale. */
    boolean isFarBehind(final long behind) {
        return behind >= everyRecords / 2;
    }

    boolean isDue(final long records, final long bytes) {
        return records > 0 && (records >= everyRecords || bytes >= everyBytes);
    }
}
