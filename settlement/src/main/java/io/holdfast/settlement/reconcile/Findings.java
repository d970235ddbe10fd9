package io.holdfast.settlement.reconcile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one comparison has found so far: everything is counted, the first so many are kept to be shown. One thread. */
final class Findings {
    private final int shownMax;
    private final List<Difference> differences = new ArrayList<>();
    private final Map<String, Long> compared = new LinkedHashMap<>();
    private final Map<String, Long> byKind = new TreeMap<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> quarantined = new ArrayList<>();

    private long differenceCount;
    private long quarantinedCount;
    private long unchecked;
    private long pendingPayments;
    private boolean isSettlementStalled;
    private long journalSequence;
    private long settledSequence;

    Findings(final int shownMax) {
        this.shownMax = shownMax;
    }

    void add(final Difference difference) {
        differenceCount++;
        byKind.merge(difference.store() + " " + difference.kind() + " " + difference.what(), 1L, Long::sum);
        if (differences.size() < shownMax) {
            differences.add(difference);
        }
    }

    /** Counts something of the journal that was compared. */
    void compared(final String kind, final long count) {
        compared.merge(kind, count, Long::sum);
    }

    /** Rows of which neither history nor a snapshot says anything any more. */
    void unchecked(final long count) {
        unchecked += count;
    }

    /** A payment that settlement is about to come to. */
    void pending() {
        pendingPayments++;
    }

    /** Money is not settled yet, and nobody seems to settle it. */
    void settlementStalled() {
        isSettlementStalled = true;
    }

    boolean isSettlementStalled() {
        return isSettlementStalled;
    }

    /** A sentence for people. */
    void note(final String sentence) {
        notes.add(sentence);
    }

    void quarantined(final String sentence) {
        quarantinedCount++;
        if (quarantined.size() < shownMax) {
            quarantined.add(sentence);
        }
    }

    void reached(final long journal, final long settled) {
        journalSequence = journal;
        settledSequence = settled;
    }

    void journalEnd(final long sequence) {
        journalSequence = Math.max(journalSequence, sequence);
    }

    long differenceCount() {
        return differenceCount;
    }

    /** Whether Redis differs, and in something that a repair may touch: another journal's mirror is left alone. */
    boolean isRedisRepairable() {
        return byKind.keySet().stream()
                .anyMatch(kind -> kind.startsWith(Difference.REDIS) && !kind.startsWith(Difference.REDIS + " cursor"));
    }

    ReconcileReport report(final boolean isPostgresCompared, final List<String> repairs, final long repairCount) {
        return new ReconcileReport(
                compared,
                differences,
                differenceCount,
                byKind,
                repairs,
                repairCount,
                quarantined,
                quarantinedCount,
                unchecked,
                pendingPayments,
                journalSequence,
                isPostgresCompared ? settledSequence : -1,
                notes);
    }
}
