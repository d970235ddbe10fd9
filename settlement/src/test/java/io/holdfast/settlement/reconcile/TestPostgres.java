package io.holdfast.settlement.reconcile;

import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.log.LogReader;
import io.holdfast.settlement.postgres.PostgresConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database of a real Postgres, with the settlement's schema, and somebody who settles into it: not the settlement itself
 * but its contract, row by row, so that a test may stop it in the middle.
 */
final class TestPostgres implements AutoCloseable {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final EmbeddedPostgres SERVER = start();

    private final String name;
    private final Connection connection;

    private TestPostgres(final String name, final Connection connection) {
        this.name = name;
        this.connection = connection;
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TestPostgres create() throws SQLException, IOException {
        final TestPostgres database = empty();
        try (InputStream schema = TestPostgres.class.getResourceAsStream("../postgres/schema/V1__settlement.sql")) {
            database.run("create schema holdfast", "set search_path to holdfast");
            database.run(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
        }
        return database;
    }

    /** A database in which nobody ever settled. */
    static TestPostgres empty() throws SQLException {
        final String name = "reconcile_" + DATABASES.incrementAndGet();
        try (Connection admin = SERVER.getPostgresDatabase().getConnection();
                Statement statement = admin.createStatement()) {
            statement.execute("create database " + name);
        }
        return new TestPostgres(name, SERVER.getDatabase("postgres", name).getConnection());
    }

    PostgresConfig config() {
        return new PostgresConfig("jdbc:postgresql://localhost:" + SERVER.getPort() + "/" + name, "postgres", "");
    }

    /** Runs statements, each for itself. */
    TestPostgres run(final String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (final String each : statements) {
                statement.execute(each);
            }
        }
        return this;
    }

    Connection connection() {
        return connection;
    }

    /** Settles the log to its end. */
    TestPostgres settle(final CommittedLog log) throws Exception {
        connection.setAutoCommit(false);
        try (LogReader reader = log.follow(log.trimmedBelow())) {
            final MoneyDecoder decoder = new MoneyDecoder();
            final long[] last = {0};
            final Settler settler = new Settler(connection);
            JournalHistory.readToEnd(reader, (position, sequence, timeMs, record) -> {
                last[0] = sequence;
                decoder.decode(sequence, timeMs, record, settler);
            });
            cursor(log.id(), last[0]);
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
        return this;
    }

    void cursor(final UUID journalId, final long sequence) throws SQLException {
        run(
                "delete from settlement_cursor",
                "insert into settlement_cursor (journal_id, journal_sequence, journal_position, writer, fence)"
                        + " values ('" + journalId + "', " + sequence + ", 0, gen_random_uuid(), 1)");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** Writes the rows of one payment after the other. */
    private static final class Settler implements PaymentHandler {
        private final Connection connection;

        Settler(final Connection connection) {
            this.connection = connection;
        }

        @Override
        public void onPayment(final JournalPayment payment) {
            try {
                execute(
                        "insert into payments values (?, ?, ?, ?, ?, ?) on conflict do nothing",
                        payment.payment(),
                        payment.hold(),
                        payment.isOrder() ? "PAID" : "REFUND_DUE",
                        payment.amountMinor(),
                        payment.currency(),
                        payment.sequence());
                if (payment.isOrder()) {
                    order(payment);
                } else {
                    execute(
                            "insert into refunds values (?, ?, ?, ?, ?, ?, ?, 'DUE') on conflict do nothing",
                            payment.payment(),
                            payment.hold(),
                            payment.amountMinor(),
                            payment.currency(),
                            payment.refundReason(),
                            new Timestamp(payment.timeMs()),
                            payment.sequence());
                }
            } catch (final SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private void order(final JournalPayment payment) throws SQLException {
            execute(
                    "insert into orders values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                    payment.hold(),
                    payment.order().drop(),
                    payment.order().buyer(),
                    payment.payment(),
                    payment.amountMinor(),
                    payment.currency(),
                    new Timestamp(payment.timeMs()),
                    payment.sequence(),
                    payment.order().isReacquired());
            for (final JournalPayment.JournalItem item : payment.order().items()) {
                execute(
                        "insert into order_items values (?, ?, ?, ?) on conflict do nothing",
                        payment.hold(),
                        item.sku(),
                        item.quantity(),
                        item.priceMinor());
            }
        }

        @Override
        public void onRefundSettled(final long sequence, final String payment) {
            try {
                execute("update refunds set status = 'SETTLED' where payment_id = ?", payment);
            } catch (final SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private void execute(final String sql, final Object... parameters) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    if (parameters[i] == null) {
                        statement.setNull(i + 1, Types.BIGINT);
                    } else {
                        statement.setObject(i + 1, parameters[i]);
                    }
                }
                statement.executeUpdate();
            }
        }
    }
}
