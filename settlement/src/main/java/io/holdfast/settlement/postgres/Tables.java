package io.holdfast.settlement.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes rows, table by table, within the transaction of whoever calls. */
final class Tables {
    private Tables() {}

    /**
     * Adds what is not there yet. What contradicts what is there is left out, and what depends on it too.
     *
     * @param loss whose rows give way
     * @return what a person has to look at
     */
    static List<Finding> write(final Connection connection, final Rows rows, final Loss loss) throws SQLException {
        final List<Finding> findings = new ArrayList<>();
        Set<String> newPayments = Set.of();
        if (!rows.payments().isEmpty()) {
            final PaymentsTable.Written written = PaymentsTable.write(connection, rows.payments(), findings);
            newPayments = written.added();
            writeOutcomes(connection, rows, written.contradicted(), loss, findings);
        }
        if (!rows.settledRefunds().isEmpty()) {
            RefundsTable.settle(connection, rows.settledRefunds(), findings);
        }
        if (!rows.holds().isEmpty()) {
            HoldsPutBy.write(connection, rows.holds());
        }
        if (!rows.messages().isEmpty()) {
            Outbox.write(connection, rows.messages(), newPayments);
        }
        return findings;
    }

    private static void writeOutcomes(
            final Connection connection,
            final Rows rows,
            final Set<PaymentRow> contradicted,
            final Loss loss,
            final List<Finding> findings)
            throws SQLException {
        final List<OrderRow> orders = rows.orders().stream()
                .filter(row -> !contradicted.contains(row.payment()))
                .toList();
        if (!orders.isEmpty()) {
            LostRows.giveWayToOrders(connection, orders, loss);
            OrdersTable.write(connection, orders, findings);
        }
        final List<RefundRow> refunds = rows.refunds().stream()
                .filter(row -> !contradicted.contains(row.payment()))
                .toList();
        if (!refunds.isEmpty()) {
            LostRows.giveWayToRefunds(connection, refunds, loss);
            RefundsTable.write(connection, refunds, findings);
        }
        if (!rows.orderless().isEmpty()) {
            OrdersTable.noteMissing(connection, rows.orderless(), findings);
        }
    }
}
