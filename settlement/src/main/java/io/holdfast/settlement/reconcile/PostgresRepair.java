package io.holdfast.settlement.reconcile;

import io.holdfast.settlement.reconcile.JournalPayment.JournalItem;
import io.holdfast.settlement.reconcile.Table.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Drives Postgres forward to what the journal says, in a connection of its own, in transactions of some changes each. Rows
 * are inserted where there are none, and columns set where they still say what was found; nothing is ever deleted.
 *
 * <p>A change that Postgres refuses is made known and the rest goes on.
 */
final class PostgresRepair implements AutoCloseable {
    private static final int CHANGES_PER_COMMIT = 200;

    private final PostgresSession postgres;
    private final RepairLog log;
    private final List<Change> changes = new ArrayList<>();

    PostgresRepair(final PostgresSession postgres, final RepairLog log) throws SQLException {
        this.postgres = postgres;
        this.log = log;
        postgres.connection().setAutoCommit(false);
    }

    /** One change and its description. */
    private record Change(String words, Statements statements) {}

    /** Executes a change; returns how many rows it changed. */
    @FunctionalInterface
    private interface Statements {
        int execute(Connection connection) throws SQLException;
    }

    /** Inserts a row that is missing; an order with its items. */
    void insert(final Table table, final Row expected) throws SQLException {
        final JournalPayment payment = expected.payment();
        if (table == Table.ORDERS && payment.order().items().isEmpty()) {
            log.failed(
                    "orders " + expected.key() + ": its hold is not remembered any more, so its items are not known");
            return;
        }
        add(table.sqlName() + " " + expected.key() + ": missing -> " + payment.words(), connection -> {
            final int inserted = insertRow(connection, table, expected);
            if (table == Table.ORDERS
                    && inserted > 0) { // another order may have its payment: then it has no items either
                putItems(connection, payment);
            }
            return inserted;
        });
    }

    private static int insertRow(final Connection connection, final Table table, final Row expected)
            throws SQLException {
        final List<Column> columns = table.columns().stream()
                .filter(column -> !column.type().isEmpty())
                .toList();
        final String sql =
                "insert into " + table.qualifiedName() + " (" + table.key().name() + ", "
                        + columns.stream().map(Column::name).collect(Collectors.joining(", "))
                        + (table == Table.REFUNDS ? ", noted_at" : "") + ") values (?::"
                        + table.key().type() + ", "
                        + columns.stream().map(column -> "?::" + column.type()).collect(Collectors.joining(", "))
                        + (table == Table.REFUNDS ? ", ?::timestamptz" : "") + ") on conflict do nothing";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int parameter = 0;
            statement.setString(++parameter, expected.key());
            for (final Column column : columns) {
                statement.setString(++parameter, column.expected().apply(expected.payment()));
            }
            if (table == Table.REFUNDS) {
                statement.setString(++parameter, Table.time(expected.payment().timeMs()));
            }
            return statement.executeUpdate();
        }
    }

    /** Puts an order's items as the journal has them; one that the journal does not have is left where it is. */
    private static int putItems(final Connection connection, final JournalPayment payment) throws SQLException {
        int changed = 0;
        final String sql =
                "insert into " + PostgresSession.SCHEMA + ".order_items (order_id, sku, quantity, price_minor)"
                        + " values (?, ?, ?, ?) on conflict (order_id, sku) do update"
                        + " set quantity = excluded.quantity, price_minor = excluded.price_minor";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (final JournalItem item : payment.order().items()) {
                statement.setObject(1, payment.hold());
                statement.setString(2, item.sku());
                statement.setInt(3, item.quantity());
                statement.setObject(4, item.priceMinor(), Types.BIGINT);
                changed += statement.executeUpdate();
            }
        }
        return changed;
    }

    /** Puts the items of an order that has others. */
    void setItems(final String order, final JournalPayment payment, final String found, final String expected)
            throws SQLException {
        add(Table.ITEMS + " " + order + ": " + found + " -> " + expected, connection -> putItems(connection, payment));
    }

    /** Sets one column of a row that says something else, if it still says what was found. */
    void set(final Table table, final String key, final Column column, final String found, final String expected)
            throws SQLException {
        final String sql = "update " + table.qualifiedName() + " t set " + column.name() + " = ?::" + column.type()
                + " where t." + table.key().name() + " = ?::" + table.key().type() + " and " + column.read() + " = ?";
        add(table.sqlName() + " " + key + ": " + column.name() + " " + found + " -> " + expected, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, expected);
                statement.setString(2, key);
                statement.setString(3, found);
                return statement.executeUpdate();
            }
        });
    }

    private void add(final String words, final Statements statements) throws SQLException {
        changes.add(new Change(words, statements));
        if (changes.size() == CHANGES_PER_COMMIT) {
            flush();
        }
    }

    /** Makes durable what was asked for so far. */
    void flush() throws SQLException {
        final List<String> done = new ArrayList<>();
        try {
            for (final Change change : changes) {
                if (change.statements().execute(postgres.connection()) > 0) {
                    done.add(change.words());
                }
            }
            postgres.connection().commit();
            done.forEach(log::done);
        } catch (final SQLException e) {
            postgres.connection().rollback();
            oneByOne();
        }
        changes.clear();
    }

    /** After a refusal: each change for itself, so that the one that is refused keeps no other back. */
    private void oneByOne() throws SQLException {
        for (final Change change : changes) {
            try {
                final int changed = change.statements().execute(postgres.connection());
                postgres.connection().commit();
                if (changed > 0) {
                    log.done(change.words());
                }
            } catch (final SQLException e) {
                postgres.connection().rollback();
                log.failed(change.words() + ": Postgres refused: " + PostgresSession.firstLine(e));
            }
        }
    }

    @Override
    public void close() {
        postgres.close();
    }
}
