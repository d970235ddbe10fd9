package io.holdfast.settlement.reconcile;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.agrona.collections.LongHashSet;

/**
 * Merges refunds, of which the journal says in one place that they are due, and in a later one that they were paid back.
 *
 * <p>A row that says so already is remembered by its sequence until the journal has said it too: 8 bytes a refund.
 */
final class RefundMerge extends TableMerge {
    private static final int STATUS = Table.REFUNDS.columns().size() - 1;

    /** A snapshot and the journal behind it may both tell of one settlement: remembered are so many, to name it once. */
    private static final int REPORTED_MAX = 20_000;

    private final RowFindings findings;

    /** Sequences of rows that are settled of which the journal has not said so yet. */
    private final LongHashSet settledRows = new LongHashSet();

    /** Payments whose refund the journal settled, to be looked up; and those whose row was found to be due all the same. */
    private final Set<String> settledPayments = new LinkedHashSet<>();

    private final Set<String> reported = new HashSet<>();

    /** Of {@link #settledPayments}, those that settlement has not come to: their row may say so already, or not yet. */
    private final Set<String> pendingPayments = new HashSet<>();

    RefundMerge(final PostgresSession postgres, final RowStream stream, final RowFindings findings) {
        super(Table.REFUNDS, postgres, stream, findings);
        this.findings = findings;
    }

    @Override
    void compare(final Row expected, final Row found) throws SQLException {
        for (int i = 0; i < STATUS; i++) {
            compare(i, expected, found);
        }
        if (Table.SETTLED.equals(found.values()[STATUS])) {
            expectSettled(found.sequence());
        }
    }

    /** A row says that it is settled; the journal is to say so further on. */
    void expectSettled(final long sequence) {
        settledRows.add(sequence);
    }

    /** The journal says that the refund was paid back. */
    void settled(final String payment) throws SQLException {
        settledPayments.add(payment);
        if (settledPayments.size() == LOOKUPS_MAX) {
            lookUpSettled();
        }
    }

    /** The same, where settlement has not come to it: after a new beginning its rows may be ahead of its cursor. */
    void settledSoon(final String payment) throws SQLException {
        if (!settledPayments.contains(payment)) {
            pendingPayments.add(payment);
        }
        settled(payment);
    }

    private void lookUpSettled() throws SQLException {
        lookUp(); // a row that stands elsewhere must have been seen by then
        if (settledPayments.isEmpty()) {
            return;
        }
        for (final Row row : postgres().byKeys(Table.REFUNDS, List.copyOf(settledPayments))) {
            if (Table.SETTLED.equals(row.values()[STATUS])) {
                settledRows.remove(row.sequence());
            } else if (!row.isOfLostHistory()
                    && !pendingPayments.contains(row.key())
                    && (reported.size() == REPORTED_MAX || reported.add(row.key()))) {
                findings.different(Table.REFUNDS, row.key(), STATUS, Table.SETTLED, row.values()[STATUS], null);
            }
        }
        settledPayments.clear();
        pendingPayments.clear();
    }

    @Override
    void finish() throws SQLException {
        super.finish();
        lookUpSettled();
        final List<Long> left = new ArrayList<>();
        for (final LongHashSet.LongIterator each = settledRows.iterator(); each.hasNext(); ) {
            left.add(each.nextValue());
            if (left.size() == LOOKUPS_MAX) {
                reportSettledEarly(left);
            }
        }
        reportSettledEarly(left);
    }

    private void reportSettledEarly(final List<Long> sequences) throws SQLException {
        if (sequences.isEmpty()) {
            return;
        }
        for (final Row row : postgres().bySequences(Table.REFUNDS, sequences)) {
            findings.different(Table.REFUNDS, row.key(), STATUS, Table.DUE, row.values()[STATUS], null);
        }
        sequences.clear();
    }
}
