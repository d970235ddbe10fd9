package io.holdfast.settlement.reconcile;

import io.holdfast.settlement.log.LogSnapshot;
import io.holdfast.settlement.reconcile.JournalPayment.JournalOrder;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Compares what is older than kept history with what a snapshot remembers of it: 35 days of payments, and the holds of
 * drops that are not archived. A snapshot is not in the order of sequences, so rows are looked up by key, some hundred at
 * once.
 */
final class SnapshotComparison implements MoneyDecoder.SnapshotHandler {
    private static final int LOOKUPS_MAX = TableMerge.LOOKUPS_MAX;

    /** Orders that are missing and wait for their hold; beyond, they are reported without what they are of. */
    private static final int INCOMPLETE_MAX = 20_000;

    /** Columns of an order that its hold tells; its payment tells the others. */
    private static final List<String> OF_HOLD = List.of("drop_id", "buyer", Table.ITEMS);

    private final PostgresSession postgres;
    private final RowFindings rows;
    private final RefundMerge refundMerge;
    private final Findings findings;
    private final long firstSequence;
    private final MoneyDecoder decoder = new MoneyDecoder();

    private final List<JournalPayment> payments = new ArrayList<>();
    private final Map<String, JournalOrder> paidHolds = new LinkedHashMap<>();
    private final Map<UUID, JournalPayment> incomplete = new LinkedHashMap<>();

    private boolean isHoldsTurn;
    private long foundCount;

    SnapshotComparison(
            final PostgresSession postgres,
            final RowFindings rows,
            final RefundMerge refundMerge,
            final Findings findings,
            final long firstSequence) {
        this.postgres = postgres;
        this.rows = rows;
        this.refundMerge = refundMerge;
        this.findings = findings;
        this.firstSequence = firstSequence;
    }

    /** Compares all that is older than the first sequence kept. The snapshot is read twice: holds come before payments. */
    void run(final LogSnapshot snapshot) throws SQLException {
        isHoldsTurn = false;
        snapshot.read((buffer, offset, length) -> decoder.decodeEntry(buffer, offset, this));
        lookUpPayments();
        isHoldsTurn = true;
        snapshot.read((buffer, offset, length) -> decoder.decodeEntry(buffer, offset, this));
        lookUpHolds();
        for (final JournalPayment payment : incomplete.values()) {
            rows.missing(Table.ORDERS, Table.ORDERS.expected(payment));
        }
        incomplete.clear();
    }

    @Override
    public void onPayment(final JournalPayment payment) {
        if (isHoldsTurn || payment.sequence() >= firstSequence) {
            return;
        }
        payments.add(payment);
        if (payments.size() == LOOKUPS_MAX) {
            try {
                lookUpPayments();
            } catch (final SQLException e) {
                throw PostgresSession.unreadable(e);
            }
        }
    }

    private void lookUpPayments() throws SQLException {
        final List<JournalPayment> bought =
                payments.stream().filter(JournalPayment::isOrder).toList();
        final List<JournalPayment> refunded =
                payments.stream().filter(payment -> !payment.isOrder()).toList();
        foundCount += compareByKey(Table.PAYMENTS, payments);
        compareByKey(Table.ORDERS, bought);
        compareByKey(Table.REFUNDS, refunded);
        payments.clear();
    }

    private long compareByKey(final Table table, final List<JournalPayment> expected) throws SQLException {
        findings.compared(table.sqlName(), expected.size());
        final List<Row> wanted = expected.stream().map(table::expected).toList();
        final Map<String, Row> found =
                byKey(table, wanted.stream().map(Row::key).toList());
        for (final Row row : wanted) {
            final Row there = found.get(row.key());
            if (there != null && there.sequence() < row.sequence()) {
                rows.taken(table, row, there); // as when a payment's id came again: never made into the later one
            } else if (there != null) {
                compare(table, row, there);
            } else if (table == Table.ORDERS && incomplete.size() < INCOMPLETE_MAX) {
                incomplete.put(row.payment().hold(), row.payment());
            } else {
                rows.missing(table, row);
            }
        }
        return found.values().stream()
                .filter(row -> row.sequence() < firstSequence)
                .count();
    }

    private Map<String, Row> byKey(final Table table, final List<String> keys) throws SQLException {
        final Map<String, Row> found = new HashMap<>();
        if (!keys.isEmpty()) {
            for (final Row row : postgres.byKeys(table, keys)) {
                found.put(row.key(), row);
            }
        }
        return found;
    }

    private void compare(final Table table, final Row expected, final Row found) throws SQLException {
        for (int i = 0; i < expected.values().length; i++) {
            final String name = table.columns().get(i).name();
            if (table == Table.ORDERS && OF_HOLD.contains(name)) {
                continue;
            }
            if (table == Table.REFUNDS && "status".equals(name)) {
                compareStatus(expected, found, found.values()[i]);
            } else {
                compare(table, i, expected, found);
            }
        }
    }

    private void compare(final Table table, final int column, final Row expected, final Row found) throws SQLException {
        final String wanted = expected.values()[column];
        if (!wanted.equals(found.values()[column])) {
            rows.different(table, expected.key(), column, wanted, found.values()[column], expected.payment());
        }
    }

    /** What the snapshot has not settled yet, the journal after it may have. */
    private void compareStatus(final Row expected, final Row found, final String status) throws SQLException {
        final boolean isSettled = Table.SETTLED.equals(status);
        if (expected.payment().isRefundSettled() && !isSettled) {
            refundMerge.settled(expected.key());
        } else if (!expected.payment().isRefundSettled() && isSettled) {
            refundMerge.expectSettled(found.sequence());
        }
    }

    @Override
    public void onPaidHold(final UUID hold, final JournalOrder order) {
        if (!isHoldsTurn) {
            return;
        }
        try {
            final JournalPayment payment = incomplete.remove(hold);
            if (payment != null) {
                final JournalOrder whole = order.reacquired(payment.order().isReacquired());
                rows.missing(Table.ORDERS, Table.ORDERS.expected(payment.with(whole)));
                return;
            }
            paidHolds.put(hold.toString(), order);
            if (paidHolds.size() == LOOKUPS_MAX) {
                lookUpHolds();
            }
        } catch (final SQLException e) {
            throw PostgresSession.unreadable(e);
        }
    }

    /** Compares what a hold tells of an order; those paid since history begins are compared there. */
    private void lookUpHolds() throws SQLException {
        for (final Row found :
                byKey(Table.ORDERS, List.copyOf(paidHolds.keySet())).values()) {
            if (found.sequence() >= firstSequence) {
                continue;
            }
            final JournalOrder order = paidHolds.get(found.key());
            final JournalPayment payment =
                    new JournalPayment(found.sequence(), 0, "", UUID.fromString(found.key()), 0, "", "", false, order);
            final Row expected = Table.ORDERS.expected(payment);
            for (int i = 0; i < expected.values().length; i++) {
                if (OF_HOLD.contains(Table.ORDERS.columns().get(i).name())) {
                    compare(Table.ORDERS, i, expected, found);
                }
            }
        }
        paidHolds.clear();
    }

    /** Counts the rows from before history of which no snapshot says anything. */
    void countUnchecked() throws SQLException {
        final long old = postgres.count(
                "select count(*) from " + Table.PAYMENTS.qualifiedName() + " where journal_sequence < ?",
                firstSequence);
        findings.unchecked(old - foundCount);
    }
}
