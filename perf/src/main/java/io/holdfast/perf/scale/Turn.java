package io.holdfast.perf.scale;

/**
 * One turn of the writer under load: it naps until its interval has passed, decides what came, and syncs it, batch by
 * batch where it is more than fits one.
 *
 * @param intervalUs of the nap
 * @param recordsMax that one turn can take
 * @param batchRecordsMax that one sync can carry
 * @param sync what write and sync of a batch take: a fixed part, and one for each record
 */
record Turn(double intervalUs, double recordsMax, double batchRecordsMax, Line sync) {
    Turn {
        if (!(intervalUs >= 0)
                || !(batchRecordsMax >= 1)
                || !(recordsMax >= batchRecordsMax)
                || !Double.isFinite(intervalUs + recordsMax)) {
            throw new IllegalArgumentException("a turn of " + recordsMax + " records, syncs of " + batchRecordsMax
                    + ", a nap of " + intervalUs + " µs");
        }
        if (!(sync.fixed() + sync.slope() > 0) || !(sync.fixed() >= 0) || !(sync.slope() >= 0)) {
            throw new IllegalArgumentException("a sync of " + sync + " µs");
        }
    }

    /** What a record has to wait for the disk when the batches are as large as they can be. */
    double diskUs() {
        return sync.at(batchRecordsMax) / batchRecordsMax;
    }
}
