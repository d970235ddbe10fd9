package io.holdfast.settlement.reconcile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What journal and stores say of each other.
 *
 * @param compared how many of each kind the journal named, and were looked for
 * @param differences those that there are now, after a repair; the first so many
 * @param differenceCount all of them
 * @param byKind how many of each store, kind and what
 * @param repairs what a repair changed, in sentences; the first so many
 * @param quarantined what settlement could not settle, in sentences: history, and no difference by itself
 * @param unchecked rows of which neither kept history nor a snapshot says anything any more
 * @param pendingPayments payments that settlement has not come to yet, while it moves on
 * @param journalSequence how far the journal was read
 * @param settledSequence where settlement stood; -1 when Postgres was not compared
 * @param notes sentences for people
 */
public record ReconcileReport(
        Map<String, Long> compared,
        List<Difference> differences,
        long differenceCount,
        Map<String, Long> byKind,
        List<String> repairs,
        long repairCount,
        List<String> quarantined,
        long quarantinedCount,
        long unchecked,
        long pendingPayments,
        long journalSequence,
        long settledSequence,
        List<String> notes) {

    public ReconcileReport {
        compared = Collections.unmodifiableMap(new LinkedHashMap<>(compared));
        byKind = Collections.unmodifiableMap(new LinkedHashMap<>(byKind));
        differences = List.copyOf(differences);
        repairs = List.copyOf(repairs);
        quarantined = List.copyOf(quarantined);
        notes = List.copyOf(notes);
    }

    /** Whether they all say the same. */
    public boolean isSame() {
        return differenceCount == 0;
    }

    /** Records that settlement has yet to see; 0 when Postgres was not compared. */
    public long lag() {
        return settledSequence < 0 ? 0 : Math.max(0, journalSequence - settledSequence);
    }
}
