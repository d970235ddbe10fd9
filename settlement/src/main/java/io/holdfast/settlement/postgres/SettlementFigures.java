package io.holdfast.settlement.postgres;

/** What settlement has done since the start. Written by its thread, read by any. */
public final class SettlementFigures {
    private volatile long changes;
    private volatile long batches;
    private volatile long lastBatchChanges;
    private volatile long retries;
    private volatile long conflicts;
    private volatile long quarantined;
    private volatile long quarantineRows;

    /** Payments, refunds and messages settled: what was there before counts too. */
    public long changes() {
        return changes;
    }

    /** Transactions that settled something. */
    public long batches() {
        return batches;
    }

    /** Changes in the latest of them. */
    public long lastBatchChanges() {
        return lastBatchChanges;
    }

    /** Transactions done again, after a deadlock or in smaller pieces. */
    public long retries() {
        return retries;
    }

    /** Rows found that say something else than the journal: each is an alarm. */
    public long conflicts() {
        return conflicts;
    }

    /** Changes that were left out, or could not be settled whole: each is an alarm. */
    public long quarantined() {
        return quarantined;
    }

    /** Rows in the quarantine table, of earlier starts too: for as long as there are any, somebody should look. */
    public long quarantineRows() {
        return quarantineRows;
    }

    void onBatch(final int count) {
        changes += count;
        batches += 1;
        lastBatchChanges = count;
    }

    void onRetry() {
        retries += 1;
    }

    void onFinding(final Finding finding) {
        if (finding.kind() == Finding.Kind.CONFLICT) {
            conflicts += 1;
        } else {
            quarantined += 1;
        }
        quarantineRows += 1;
    }

    void onQuarantineCounted(final long rows) {
        quarantineRows = rows;
    }
}
