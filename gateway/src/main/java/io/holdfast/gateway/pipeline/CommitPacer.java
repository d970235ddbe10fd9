package io.holdfast.gateway.pipeline;

/**
 * Says how long the writer lets commands gather before it takes the next batch.
 *
 * <p>A sync costs 40 to 50 µs of processor time however much it carries. While few records come with each, the writer
 * commits at once and the answer is as quick as the disk. When many come, syncing as often as the disk can would take a
 * third of a core from the event loops, so the writer naps: not on each arrival but on a clock, one wake-up for a whole
 * interval's commands. What waits in socket buffers cannot be counted, so the pacer goes by the rate at which records
 * came lately.
 */
final class CommitPacer {
    /** A batch that was committed at once covers about the time of one sync, in which the next one gathers. */
    private static final long SYNC_NS = 150_000;

    private static final int WEIGHT_SHIFT = 3;

    private final long intervalNs;
    private final long busyRecordsPerSync;

    private long lastCommitNs;

    /** Records that come in the time of one sync, times 256, averaged over the last few commits. */
    private long recordsPerSync;

    CommitPacer(final long intervalNs, final int busyRecordsPerSync) {
        this.intervalNs = intervalNs;
        this.busyRecordsPerSync = (long) busyRecordsPerSync << 8;
    }

    /** Notes a commit of so many records. */
    void onCommit(final int records, final long nowNs) {
        final long sinceNs = Math.max(SYNC_NS, nowNs - lastCommitNs);
        final long sample = (((long) records << 8) * SYNC_NS) / sinceNs;
        recordsPerSync += (sample - recordsPerSync) >> WEIGHT_SHIFT;
        lastCommitNs = nowNs;
    }

    /** Nanoseconds to let commands gather from now on; 0 while the load is light. */
    long napNs(final long nowNs) {
        if (intervalNs == 0 || recordsPerSync < busyRecordsPerSync) {
            return 0;
        }
        return Math.max(0, lastCommitNs + intervalNs - nowNs);
    }
}
