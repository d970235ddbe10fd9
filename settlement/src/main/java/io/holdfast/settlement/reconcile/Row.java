package io.holdfast.settlement.reconcile;

/**
 * A row of a table, as it is or as it should be.
 *
 * @param values by {@link Table#columns}
 * @param payment where the journal says so; null for what was read from Postgres
 */
@SuppressWarnings("ArrayRecordComponent")
record Row(long sequence, String key, String[] values, JournalPayment payment) {
    /** Whether settlement marked it as a row of a history that was accepted as lost. */
    boolean isOfLostHistory() {
        return sequence < 0;
    }
}
