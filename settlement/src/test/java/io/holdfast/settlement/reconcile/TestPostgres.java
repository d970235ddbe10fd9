package io.holdfast.settlement.reconcile;

import io.holdfast.embedded.EmbeddedPostgres;
import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.log.JournalHistory;
import io.holdfast.settlement.log.LogReader;
import io.holdfast.settlement.postgres.PostgresConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/**
 * A database of a real Postgres, with the settlement's schema, and somebody who settles into it: not the settlement itself
 * but its contract, row by row, so that a test may stop it in the middle.
 */
final class TestPostgres implements AutoCloseable {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final String name;
    private final Connection connection;

    private TestPostgres(final String name, final Connection connection) {
        this.name = name;
        this.connection = connection;
    }

    /** A database with the settlement's schema: a copy of the first one, which is quicker than to migrate. */
    static TestPostgres create() throws SQLException {
        final String name = newName();
        admin("create database " + name + " template " + Template.NAME);
        return open(name).run("set search_path to holdfast");
    }

    private static final class Template {
        static final String NAME = migrated();

        private static String migrated() {
            final EmbeddedPostgres server = TestServers.postgres();
            final String name = newName();
            try {
                admin("create database " + name);
            } catch (final SQLException e) {
                throw new IllegalStateException(e);
            }
            Flyway.configure()
                    .dataSource(url(name), server.user(), server.password())
                    .defaultSchema("holdfast")
                    .locations("classpath:io/holdfast/settlement/postgres/schema")
                    .load()
                    .migrate();
            return name;
        }
    }

    /** A database in which nobody ever settled. */
    static TestPostgres empty() throws SQLException {
        final String name = newName();
        admin("create database " + name);
        return open(name);
    }

    private static String newName() {
        return "reconcile_" + DATABASES.incrementAndGet();
    }

    private static void admin(final String sql) throws SQLException {
        final EmbeddedPostgres server = TestServers.postgres();
        try (Connection admin = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = admin.createStatement()) {
            statement.execute(sql);
        }
    }

    private static TestPostgres open(final String name) throws SQLException {
        final EmbeddedPostgres server = TestServers.postgres();
        return new TestPostgres(name, DriverManager.getConnection(url(name), server.user(), server.password()));
    }

    PostgresConfig config() {
        final EmbeddedPostgres server = TestServers.postgres();
        return new PostgresConfig(url(name), server.user(), server.password());
    }

    private static String url(final String database) {
        return "jdbc:postgresql://127.0.0.1:" + TestServers.postgres().port() + "/" + database;
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
