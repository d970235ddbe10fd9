package io.holdfast.perf.ring;

import io.holdfast.journal.SyncListener;
import java.util.concurrent.atomic.LongAdder;

/** Counts syncs and what they carried. The writer adds; any thread reads. */
final class SyncTally implements SyncListener {
    private final LongAdder syncs = new LongAdder();
    private final LongAdder syncNanos = new LongAdder();
    private final LongAdder records = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    @Override
    public void onSync(final long nanos, final int recordCount, final int byteCount) {
        syncs.increment();
        syncNanos.add(nanos);
        records.add(recordCount);
        bytes.add(byteCount);
    }

    /** What was counted so far. */
    Count count() {
        return new Count(syncs.sum(), syncNanos.sum(), records.sum(), bytes.sum());
    }

    /**
     * A state of the tally.
     *
     * @param syncNs time within fdatasync
     */
    record Count(long syncs, long syncNs, long records, long bytes) {
        Count since(final Count earlier) {
            return new Count(
                    syncs - earlier.syncs, syncNs - earlier.syncNs, records - earlier.records, bytes - earlier.bytes);
        }
    }
}
