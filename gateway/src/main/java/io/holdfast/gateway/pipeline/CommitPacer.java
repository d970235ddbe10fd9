package io.holdfast.gateway.pipeline;

/**
 * Says how long the writer lets commands gather before it takes the next batch.
 *
 * <p>A sync costs 40 to 50 µs of processor time however much it carries, and as much again of a machine's that is only
 * lent: its host writes for it. So the writer does not sync as often as the disk can. While few records come, it commits
 * at once, and the answer is as quick as the disk. While some come, it rests after each commit, for about as long as a
 * sync takes. When many come it naps for longer: not on each arrival but on a clock, one wake-up for a whole interval's
 * commands. What waits in socket buffers cannot be counted, so the pacer goes by the rate at which records came lately
 * (ADR 0007).
 */
final class CommitPacer {
    /** A batch that was committed at once covers about the time of one sync, in which the next one gathers. */
    private static final long SYNC_NS = 150_000;

    private static final int WEIGHT_SHIFT = 3;
    private static final int ONE_RECORD_SHIFT = 8;

    /** Three for eight syncs, 2,500 a second: of fewer a rest would hardly spare a sync, and would cost a wake-up. */
    private static final long SOME_RECORDS_PER_SYNC = (3L << ONE_RECORD_SHIFT) / 8;

    /** Of a longer pause between two commits no more counts: so soon is it forgotten when many come. */
    private static final long GAP_MAX_NS = 10_000_000;

    private final long restNs;
    private final long intervalNs;
    private final long busyRecordsPerSync;

    private long lastCommitNs;

    /**
     * Records of a commit, times 256, and the time from one to the next, both averaged over the last few. Their quotient is
     * the rate; an average of quotients would take gaps that vary for a higher one.
     */
    private long recordsPerCommit;

    private long gapNs = GAP_MAX_NS;

    /**
     * Prepares a pacer.
     *
     * @param restNs from the end of one commit to the next batch while some records come; cut to the interval
     * @param intervalNs the same when many come
     * @param busyRecordsPerSync from how many in the time of a sync these are many
     */
    CommitPacer(final long restNs, final long intervalNs, final int busyRecordsPerSync) {
        this.restNs = Math.min(restNs, intervalNs);
        this.intervalNs = intervalNs;
        this.busyRecordsPerSync = (long) busyRecordsPerSync << ONE_RECORD_SHIFT;
    }

    /** Notes a commit of so many records. */
    void onCommit(final int records, final long nowNs) {
        final long sinceNs = Math.min(GAP_MAX_NS, Math.max(SYNC_NS, nowNs - lastCommitNs));
        recordsPerCommit += (((long) records << ONE_RECORD_SHIFT) - recordsPerCommit) >> WEIGHT_SHIFT;
        gapNs += (sinceNs - gapNs) >> WEIGHT_SHIFT;
        lastCommitNs = nowNs;
    }

    /** Nanoseconds to let commands gather from now on; 0 while the load is light. */
    long napNs(final long nowNs) {
        final long pauseNs = pauseNs();
        return pauseNs == 0 ? 0 : Math.max(0, lastCommitNs + pauseNs - nowNs);
    }

    /** From the end of one commit to the next batch. */
    private long pauseNs() {
        final long recordsPerSync = recordsPerCommit * SYNC_NS / gapNs;
        if (recordsPerSync >= busyRecordsPerSync) {
            return intervalNs;
        }
        return recordsPerSync >= SOME_RECORDS_PER_SYNC ? restNs : 0;
    }
}
