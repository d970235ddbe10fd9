package io.holdfast.settlement.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Orders and their items. */
final class OrdersTable {
    private static final String INSERT = "insert into holdfast.orders (order_id, drop_id, buyer, payment_id,"
            + " amount_minor, currency, paid_at, journal_sequence, reacquired)"
            + " select o, d, b, p, a, c, timestamptz 'epoch' + t * interval '1 millisecond', s, r"
            + " from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::bigint[],"
            + " ?::bigint[], ?::boolean[]) as n (o, d, b, p, a, c, t, s, r)"
            + " on conflict on constraint orders_pkey do nothing returning order_id";
    private static final Columns<OrderRow> COLUMNS = new Columns<OrderRow>()
            .with("uuid", OrderRow::orderId)
            .with("text", OrderRow::drop)
            .with("text", OrderRow::buyer)
            .with("text", row -> row.payment().paymentId())
            .with("bigint", row -> row.payment().amountMinor())
            .with("text", row -> row.payment().currency())
            .with("bigint", OrderRow::paidAtMs)
            .with("bigint", row -> row.payment().sequence())
            .with("boolean", OrderRow::isReacquired);
    private static final String INSERT_ITEMS = "insert into holdfast.order_items (order_id, sku, quantity, price_minor)"
            + " select * from unnest(?::uuid[], ?::text[], ?::int[], ?::bigint[])"
            + " on conflict on constraint order_items_pkey do nothing";
    private static final Columns<ItemOfOrder> ITEM_COLUMNS = new Columns<ItemOfOrder>()
            .with("uuid", ItemOfOrder::orderId)
            .with("text", each -> each.item().sku())
            .with("int4", each -> each.item().quantity())
            .with("bigint", each -> each.item().priceMinor());
    private static final String READ = "select order_id, drop_id, buyer, payment_id, amount_minor, currency,"
            + " (extract(epoch from paid_at) * 1000)::bigint, journal_sequence, reacquired"
            + " from holdfast.orders where order_id = any (?)";
    private static final String READ_ITEMS =
            "select order_id, sku, quantity, price_minor" + " from holdfast.order_items where order_id = any (?)";

    private record ItemOfOrder(UUID orderId, OrderRow.Item item) {}

    private OrdersTable() {}

    /** Adds what is not there, in the order of the keys, and compares what is. */
    static void write(final Connection connection, final List<OrderRow> rows, final List<Finding> findings)
            throws SQLException {
        final List<OrderRow> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparing(OrderRow::orderId));
        final Set<UUID> added = insert(connection, sorted);
        final List<OrderRow> fresh = new ArrayList<>();
        final List<OrderRow> there = new ArrayList<>();
        for (final OrderRow row : sorted) {
            (added.remove(row.orderId()) ? fresh : there).add(row);
        }
        insertItems(connection, fresh);
        if (!there.isEmpty()) {
            compare(connection, there, findings);
        }
    }

    private static Set<UUID> insert(final Connection connection, final List<OrderRow> rows) throws SQLException {
        final Set<UUID> added = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            COLUMNS.bind(connection, statement, rows);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    added.add(row.getObject(1, UUID.class));
                }
            }
        }
        return added;
    }

    private static void insertItems(final Connection connection, final List<OrderRow> orders) throws SQLException {
        final List<ItemOfOrder> items = new ArrayList<>();
        for (final OrderRow order : orders) {
            order.items().stream()
                    .sorted(Comparator.comparing(OrderRow.Item::sku))
                    .forEach(item -> items.add(new ItemOfOrder(order.orderId(), item)));
        }
        if (!items.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(INSERT_ITEMS)) {
                ITEM_COLUMNS.bind(connection, statement, items);
                statement.executeUpdate();
            }
        }
    }

    private static void compare(final Connection connection, final List<OrderRow> rows, final List<Finding> findings)
            throws SQLException {
        final Object[] ids = rows.stream().map(OrderRow::orderId).toArray();
        final Map<UUID, OrderRow> there = read(connection, ids, readItems(connection, ids));
        for (final OrderRow row : rows) {
            final OrderRow found = there.get(row.orderId());
            if (!isSame(row, found)) {
                findings.add(Finding.conflict(row.payment().sequence(), row.subject(), row, found));
            }
        }
    }

    private static boolean isSame(final OrderRow row, final OrderRow found) {
        return found != null
                && row.payment().equals(found.payment())
                && row.drop().equals(found.drop())
                && row.buyer().equals(found.buyer())
                && row.paidAtMs() == found.paidAtMs()
                && row.isReacquired() == found.isReacquired()
                && row.items().size() == found.items().size()
                && new HashSet<>(row.items()).equals(new HashSet<>(found.items()));
    }

    private static Map<UUID, OrderRow> read(
            final Connection connection, final Object[] ids, final Map<UUID, List<OrderRow.Item>> items)
            throws SQLException {
        final Map<UUID, OrderRow> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            Columns.bindOnly(connection, statement, "uuid", ids);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    final UUID id = row.getObject(1, UUID.class);
                    final PaymentRow payment = new PaymentRow(
                            row.getString(4),
                            id,
                            true,
                            row.getLong(5),
                            row.getString(6).strip(),
                            row.getLong(8));
                    found.put(
                            id,
                            new OrderRow(
                                    payment,
                                    row.getString(2),
                                    row.getString(3),
                                    row.getLong(7),
                                    row.getBoolean(9),
                                    items.getOrDefault(id, List.of())));
                }
            }
        }
        return found;
    }

    private static Map<UUID, List<OrderRow.Item>> readItems(final Connection connection, final Object[] ids)
            throws SQLException {
        final Map<UUID, List<OrderRow.Item>> items = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(READ_ITEMS)) {
            Columns.bindOnly(connection, statement, "uuid", ids);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    items.computeIfAbsent(row.getObject(1, UUID.class), id -> new ArrayList<>())
                            .add(new OrderRow.Item(row.getString(2), row.getInt(3), row.getObject(4, Long.class)));
                }
            }
        }
        return items;
    }

    /** Notes which of these payments became orders that are not here, and cannot be made any more. */
    static void noteMissing(final Connection connection, final List<PaymentRow> payments, final List<Finding> findings)
            throws SQLException {
        final Object[] ids = payments.stream().map(PaymentRow::holdId).toArray();
        final Map<UUID, OrderRow> there = read(connection, ids, Map.of());
        for (final PaymentRow payment : payments) {
            if (!there.containsKey(payment.holdId())) {
                findings.add(new Finding(
                        payment.sequence(),
                        Finding.Kind.INCOMPLETE,
                        "order " + payment.holdId(),
                        "paid by " + payment + "; drop, buyer and items are not known any more, since the drop was"
                                + " archived before this was settled"));
            }
        }
    }
}
