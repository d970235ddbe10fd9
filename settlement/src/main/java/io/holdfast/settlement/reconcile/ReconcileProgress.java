package io.holdfast.settlement.reconcile;

/** Shows somebody that long work moves on. */
@FunctionalInterface
public interface ReconcileProgress {
    /** So many more records, rows or keys were looked at. */
    void advance(int count);
}
