package io.holdfast.settlement.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows of a history that was accepted as lost. Where the journal gives their sequence to another row, theirs becomes the
 * negative of it: nothing is deleted, and nothing else of them changes.
 *
 * <p>Where the negative is taken, by a history that was lost before, it is less by 10^15, which no sequence comes to, for
 * each: a sequence never has two lost rows in one place. Sixteen fit; what comes then goes into the quarantine.
 */
final class LostRows {
    private static final Logger LOG = LoggerFactory.getLogger(LostRows.class);

    /** Table, key, type of the key. Locks in the order of the keys, as all that is written here. */
    private static final String MAKE_ROOM = "with lost as materialized (select t.%2$s as key from holdfast.%1$s as t"
            + " join unnest(?::bigint[], ?::%3$s[]) as n (s, k) on t.journal_sequence = n.s and t.%2$s <> n.k"
            + " order by t.%2$s for update of t)"
            + " update holdfast.%1$s as t set journal_sequence = (select -t.journal_sequence - i * 1000000000000000"
            + " from generate_series(0, 15) as i where not exists (select from holdfast.%1$s as o"
            + " where o.journal_sequence = -t.journal_sequence - i * 1000000000000000) order by i limit 1)"
            + " from lost where t.%2$s = lost.key";

    private static final String MAKE_ROOM_FOR_ORDERS = MAKE_ROOM.formatted("orders", "order_id", "uuid");
    private static final Columns<PaymentRow> ORDERS =
            new Columns<PaymentRow>().with("bigint", PaymentRow::sequence).with("uuid", PaymentRow::holdId);
    private static final String MAKE_ROOM_FOR_REFUNDS = MAKE_ROOM.formatted("refunds", "payment_id", "text");
    private static final Columns<PaymentRow> REFUNDS =
            new Columns<PaymentRow>().with("bigint", PaymentRow::sequence).with("text", PaymentRow::paymentId);

    private LostRows() {}

    /** Makes room for these orders, before they are written in the same transaction. */
    static void giveWayToOrders(final Connection connection, final List<OrderRow> rows, final Loss loss)
            throws SQLException {
        giveWay(
                connection,
                MAKE_ROOM_FOR_ORDERS,
                ORDERS,
                rows.stream().map(OrderRow::payment).toList(),
                loss);
    }

    /** Makes room for these refunds, before they are written in the same transaction. */
    static void giveWayToRefunds(final Connection connection, final List<RefundRow> rows, final Loss loss)
            throws SQLException {
        giveWay(
                connection,
                MAKE_ROOM_FOR_REFUNDS,
                REFUNDS,
                rows.stream().map(RefundRow::payment).toList(),
                loss);
    }

    private static void giveWay(
            final Connection connection,
            final String sql,
            final Columns<PaymentRow> columns,
            final List<PaymentRow> rows,
            final Loss loss)
            throws SQLException {
        final List<PaymentRow> within = rows.stream()
                .filter(row -> row.sequence() <= loss.acceptedSequence())
                .toList();
        if (within.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            columns.bind(connection, statement, within);
            final int moved = statement.executeUpdate();
            if (moved > 0) {
                LOG.info("{} rows of the lost history gave way to those of the same sequences", moved);
            }
        }
    }
}
