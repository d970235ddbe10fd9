package io.holdfast.settlement.redis;

import java.util.concurrent.atomic.LongAdder;

/** What the mirror has done since it began. Written by its thread, read by any. */
public final class MirrorFigures {
    final LongAdder written = new LongAdder();
    final LongAdder deleted = new LongAdder();
    final LongAdder batches = new LongAdder();
    final LongAdder resyncs = new LongAdder();
    final LongAdder sweeps = new LongAdder();
    final LongAdder mismatches = new LongAdder();
    final LongAdder failures = new LongAdder();

    volatile long skipped;
    volatile int liveHolds;

    MirrorFigures() {}

    /** Keys written, or given another time to live. */
    public long keysWritten() {
        return written.sum();
    }

    /** Keys deleted; those that Redis lets expire are not counted. */
    public long keysDeleted() {
        return deleted.sum();
    }

    /** Writes and deletions that were never sent, since something newer came before. */
    public long writesCoalesced() {
        return skipped;
    }

    /** Calls that wrote. */
    public long batches() {
        return batches.sum();
    }

    /** Times that Redis could not be trusted and was compared as a whole: at the start, after a loss, after a flush. */
    public long resyncs() {
        return resyncs.sum();
    }

    /** Times that all keys in Redis were compared. */
    public long sweeps() {
        return sweeps.sum();
    }

    /** Keys that were found missing, wrong, or too many. */
    public long mismatches() {
        return mismatches.sum();
    }

    /** Times that Redis did not answer, or not as it should. */
    public long failures() {
        return failures.sum();
    }

    /** Holds that are live now, as far as the mirror has read. */
    public int liveHolds() {
        return liveHolds;
    }
}
