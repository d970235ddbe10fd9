package io.holdfast.settlement.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * What is written in one transaction, table by table.
 *
 * @param orderless payments that became orders of which nothing else is known
 */
record Rows(
        List<PaymentRow> payments,
        List<OrderRow> orders,
        List<PaymentRow> orderless,
        List<RefundRow> refunds,
        List<Change.RefundSettled> settledRefunds,
        List<Change.HoldPutBy> holds,
        List<MessageRow> messages) {
    static Rows of(final List<Change> changes) {
        final Rows rows = new Rows(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        for (final Change change : changes) {
            change.addTo(rows);
        }
        return rows;
    }
}
