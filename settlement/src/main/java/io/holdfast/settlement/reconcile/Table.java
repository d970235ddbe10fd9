package io.holdfast.settlement.reconcile;

import io.holdfast.settlement.reconcile.JournalPayment.JournalItem;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A table that is compared with the journal: its key, its columns as text, and what the journal would have in them. Both
 * sides are compared as text, of which each value has one form only.
 */
enum Table {
    PAYMENTS(
            "payments",
            new Column("payment_id", "t.payment_id", "text", JournalPayment::payment),
            List.of(
                    new Column(
                            "hold_id", "t.hold_id::text", "uuid", p -> p.hold().toString()),
                    new Column("outcome", "t.outcome", "text", p -> p.isOrder() ? "PAID" : "REFUND_DUE"),
                    Column.AMOUNT,
                    Column.CURRENCY,
                    Column.SEQUENCE)),
    ORDERS(
            "orders",
            new Column("order_id", "t.order_id::text", "uuid", p -> p.hold().toString()),
            List.of(
                    new Column("drop_id", "t.drop_id", "text", p -> p.order().drop()),
                    new Column("buyer", "t.buyer", "text", p -> p.order().buyer()),
                    new Column("payment_id", "t.payment_id", "text", JournalPayment::payment),
                    Column.AMOUNT,
                    Column.CURRENCY,
                    new Column("paid_at", time("t.paid_at"), "timestamptz", p -> time(p.timeMs())),
                    Column.SEQUENCE,
                    new Column(
                            "reacquired",
                            "t.reacquired::text",
                            "boolean",
                            p -> Boolean.toString(p.order().isReacquired())),
                    new Column(
                            Table.ITEMS,
                            items("t.order_id"),
                            "",
                            p -> words(p.order().items())))),
    REFUNDS(
            "refunds",
            new Column("payment_id", "t.payment_id", "text", JournalPayment::payment),
            List.of(
                    new Column(
                            "hold_id", "t.hold_id::text", "uuid", p -> p.hold().toString()),
                    Column.AMOUNT,
                    Column.CURRENCY,
                    new Column("reason", "t.reason", "text", JournalPayment::refundReason),
                    Column.SEQUENCE,
                    // Whether it is settled already is seen later in the journal than the refund itself.
                    new Column("status", "t.status", "text", p -> p.isRefundSettled() ? Table.SETTLED : Table.DUE)));

    /** Stands in place of a column for the rows of {@code order_items}. */
    static final String ITEMS = "order_items";

    static final String DUE = "DUE";
    static final String SETTLED = "SETTLED";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final String sqlName;
    private final Column key;
    private final List<Column> columns;

    Table(final String sqlName, final Column key, final List<Column> columns) {
        this.sqlName = sqlName;
        this.key = key;
        this.columns = columns;
    }

    /**
     * A column.
     *
     * @param read the SQL expression that gives it as text
     * @param type what the text is cast to when it is written; empty where it is no column of the table
     * @param expected what the journal would have there
     */
    record Column(String name, String read, String type, Function<JournalPayment, String> expected) {
        static final Column AMOUNT =
                new Column("amount_minor", "t.amount_minor::text", "bigint", p -> Long.toString(p.amountMinor()));
        static final Column CURRENCY = new Column("currency", "t.currency::text", "char(3)", JournalPayment::currency);
        static final Column SEQUENCE =
                new Column("journal_sequence", "t.journal_sequence::text", "bigint", p -> Long.toString(p.sequence()));
    }

    String sqlName() {
        return sqlName;
    }

    String qualifiedName() {
        return PostgresSession.SCHEMA + "." + sqlName;
    }

    Column key() {
        return key;
    }

    List<Column> columns() {
        return columns;
    }

    /** What the journal would have in the table of a payment. */
    Row expected(final JournalPayment payment) {
        final String[] values = new String[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns.get(i).expected().apply(payment);
        }
        return new Row(payment.sequence(), key.expected().apply(payment), values, payment);
    }

    /** Selects sequence, key and columns of the rows that the condition names. */
    String select(final String condition) {
        return "select t.journal_sequence, " + key.read() + ", "
                + columns.stream().map(Column::read).collect(Collectors.joining(", ")) + " from " + qualifiedName()
                + " t where " + condition;
    }

    /** Selects by keys: one parameter, an array of text. */
    String selectByKeys() {
        return select("t." + key.name() + " = any(?::" + key.type() + "[])");
    }

    /** A time as it stands in a report. */
    static String time(final long epochMs) {
        return TIME.format(Instant.ofEpochMilli(epochMs));
    }

    private static String time(final String column) {
        return "to_char(" + column + " at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')";
    }

    private static String items(final String order) {
        return "coalesce((select string_agg(i.sku || ' x ' || i.quantity || coalesce(' at ' || i.price_minor, ''), ', '"
                + " order by i.sku collate \"C\") from " + PostgresSession.SCHEMA + ".order_items i where i.order_id = "
                + order + "), 'none')";
    }

    /** Items as {@link #items} has them: {@code GA x 2 at 4500, VIP x 1 at 9000}, by SKU. */
    private static String words(final List<JournalItem> items) {
        return items.stream()
                .map(item -> item.sku() + " x " + item.quantity()
                        + (item.priceMinor() == null ? "" : " at " + item.priceMinor()))
                .collect(Collectors.joining(", "));
    }
}
