package io.holdfast.settlement.reconcile;

import io.holdfast.core.JournalRecord;
import io.holdfast.settlement.log.JournalHistory;
import io.holdfast.settlement.log.LogReader;
import io.holdfast.settlement.log.LogSnapshot;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Compares payments, orders and refunds with all that the journal says of money, in one pass over both, as of one moment
 * in Postgres. Needs memory for what differs, not for what is there.
 */
final class PostgresComparison implements PaymentHandler {
    private static final int QUARANTINED_MAX = 1_000;
    private static final int RECORDS_PER_POLL = 1_024;

    private final JournalHistory history;
    private final PostgresSession postgres;
    private final Findings findings;
    private final ReconcileProgress progress;
    private final MoneyDecoder decoder = new MoneyDecoder();

    private long settledSequence;
    private long lastSequence;
    private boolean isMoving;
    private boolean isAtEnd;
    private TableMerge payments;
    private TableMerge orders;
    private RefundMerge refunds;

    PostgresComparison(
            final JournalHistory history,
            final PostgresSession postgres,
            final Findings findings,
            final ReconcileProgress progress) {
        this.history = history;
        this.postgres = postgres;
        this.findings = findings;
        this.progress = progress;
    }

    /**
     * Compares. Leaves the session in its reading transaction.
     *
     * @param endSequence of the journal, as far as it is to be settled
     * @param isSettling whether settlement moves on by itself: what it has not come to yet is no difference then
     * @throws StoreUnreadableException when Postgres cannot be read
     */
    void run(final long endSequence, final boolean isSettling, final Optional<PostgresRepair> repair) {
        try {
            postgres.beginRead();
            final Optional<PostgresSession.Cursor> cursor = postgres.cursor();
            if (cursor.isPresent() && !cursor.get().journalId().equals(history.id())) {
                findings.add(new Difference(
                        Difference.POSTGRES,
                        "settlement_cursor",
                        "journal_id",
                        "journal id",
                        history.id() + "; nothing else was compared",
                        cursor.get().journalId().toString()));
                return;
            }
            settledSequence = cursor.map(PostgresSession.Cursor::sequence).orElse(0L);
            lastSequence = Math.max(settledSequence, endSequence);
            isMoving = isSettling;
            if (!isSettling) {
                findings.settlementStalled();
            }
            compare(new PostgresFindings(findings, repair, settledSequence));
            findings.reached(Math.max(endSequence, history.endSequence()), settledSequence);
            if (repair.isPresent()) {
                repair.get().flush();
            }
        } catch (final SQLException e) {
            throw PostgresSession.unreadable(e);
        }
    }

    private void compare(final PostgresFindings rowFindings) throws SQLException {
        final long firstSequence = history.isWhole() ? Long.MIN_VALUE : history.firstSequence();
        try (RowStream paymentRows = postgres.stream(Table.PAYMENTS, firstSequence);
                RowStream orderRows = postgres.stream(Table.ORDERS, firstSequence);
                RowStream refundRows = postgres.stream(Table.REFUNDS, firstSequence);
                LogReader reader = history.read(history.trimmedBelow())) {
            payments = new TableMerge(Table.PAYMENTS, postgres, paymentRows, rowFindings);
            orders = new TableMerge(Table.ORDERS, postgres, orderRows, rowFindings);
            refunds = new RefundMerge(postgres, refundRows, rowFindings);
            if (!history.isWhole()) {
                compareRemembered(firstSequence, rowFindings);
            }
            int polled = 1;
            while (polled > 0 && !isAtEnd) {
                polled =
                        reader.poll((at, sequence, timeMs, record) -> read(sequence, timeMs, record), RECORDS_PER_POLL);
                progress.advance(polled);
            }
            payments.finish();
            orders.finish();
            refunds.finish();
        }
        findOrphanedItems(rowFindings);
        listQuarantined();
        checkEnd();
    }

    private void compareRemembered(final long firstSequence, final PostgresFindings rowFindings) throws SQLException {
        final SnapshotComparison old = new SnapshotComparison(postgres, rowFindings, refunds, findings, firstSequence);
        final Optional<LogSnapshot> snapshot = history.oldestSnapshot();
        if (snapshot.isPresent()) {
            old.run(snapshot.get());
        }
        old.countUnchecked();
    }

    private void read(final long sequence, final long timeMs, final JournalRecord record) {
        if (sequence > lastSequence) {
            isAtEnd = true;
        } else {
            decoder.decode(sequence, timeMs, record, this);
        }
    }

    @Override
    public void onPayment(final JournalPayment payment) {
        try {
            findings.compared(Table.PAYMENTS.sqlName(), 1);
            final boolean isPending = isMoving && payment.sequence() > settledSequence;
            final boolean isFound = expect(payments, Table.PAYMENTS.expected(payment), isPending);
            if (!isFound && isPending) {
                findings.pending();
            }
            if (payment.isOrder()) {
                findings.compared(Table.ORDERS.sqlName(), 1);
                expect(orders, Table.ORDERS.expected(payment), isPending);
            } else {
                findings.compared(Table.REFUNDS.sqlName(), 1);
                expect(refunds, Table.REFUNDS.expected(payment), isPending);
            }
        } catch (final SQLException e) {
            throw PostgresSession.unreadable(e);
        }
    }

    private static boolean expect(final TableMerge merge, final Row row, final boolean isPending) throws SQLException {
        final boolean isFound = merge.expect(row);
        if (!isFound && !isPending) {
            merge.lookUp(row);
        }
        return isFound;
    }

    @Override
    public void onRefundSettled(final long sequence, final String payment) {
        try {
            if (isMoving && sequence > settledSequence) {
                refunds.settledSoon(payment);
            } else {
                refunds.settled(payment);
            }
        } catch (final SQLException e) {
            throw PostgresSession.unreadable(e);
        }
    }

    private void findOrphanedItems(final PostgresFindings rowFindings) throws SQLException {
        final String schema = PostgresSession.SCHEMA;
        try (Statement statement = postgres.connection().createStatement()) {
            statement.setFetchSize(QUARANTINED_MAX);
            try (ResultSet rows =
                    statement.executeQuery("select i.order_id::text, i.sku || ' x ' || i.quantity from " + schema
                            + ".order_items i where not exists (select 1 from " + schema
                            + ".orders o where o.order_id = i.order_id)")) {
                while (rows.next()) {
                    rowFindings.extraItems(rows.getString(1), rows.getString(2));
                }
            }
        }
    }

    private void listQuarantined() throws SQLException {
        try (Statement statement = postgres.connection().createStatement()) {
            statement.setFetchSize(QUARANTINED_MAX);
            try (ResultSet rows = statement.executeQuery("select kind, subject, journal_sequence, detail from "
                    + PostgresSession.SCHEMA + ".settlement_quarantine order by id")) {
                while (rows.next()) {
                    findings.quarantined(rows.getString(1) + " " + rows.getString(2) + " at sequence " + rows.getLong(3)
                            + ": " + rows.getString(4));
                }
            }
        }
    }

    /** Settlement that has seen more than there is: the journal has lost its tail, or is another copy. */
    private void checkEnd() {
        if (settledSequence > history.endSequence()) {
            findings.add(new Difference(
                    Difference.POSTGRES,
                    "settlement_cursor",
                    "journal_sequence",
                    "sequence",
                    "that it ends at " + history.endSequence() + ": it has lost its tail, or this is an older copy",
                    Long.toString(settledSequence)));
        }
    }
}
