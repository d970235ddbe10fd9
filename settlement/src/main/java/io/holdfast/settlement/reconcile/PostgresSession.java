package io.holdfast.settlement.reconcile;

import io.holdfast.settlement.postgres.PostgresConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;

/** A connection of the reconciliation's own: nobody else's pool is drained by it. One thread. */
final class PostgresSession implements AutoCloseable {
    static final String SCHEMA = "holdfast";

    private static final int CONNECT_TIMEOUT_S = 10;

    /** A sort of many rows may keep the first one waiting. */
    private static final int SOCKET_TIMEOUT_S = 300;

    private static final String UNDEFINED_TABLE = "42P01";
    private static final String UNDEFINED_SCHEMA = "3F000";
    private static final String NO_RIGHT = "42501";

    private final Connection connection;

    private PostgresSession(final Connection connection) {
        this.connection = connection;
    }

    /**
     * Connects.
     *
     * @throws StoreUnreadableException when there is no answer, or none of use
     */
    static PostgresSession open(final PostgresConfig config) {
        final Properties properties = new Properties();
        properties.setProperty("user", config.user());
        if (!config.password().isEmpty()) {
            properties.setProperty("password", config.password());
        }
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_TIMEOUT_S));
        properties.setProperty("loginTimeout", Integer.toString(CONNECT_TIMEOUT_S));
        properties.setProperty("socketTimeout", Integer.toString(SOCKET_TIMEOUT_S));
        properties.setProperty("ApplicationName", "holdfast-reconcile");
        try {
            return new PostgresSession(DriverManager.getConnection(config.url(), properties));
        } catch (final SQLException e) {
            throw unreadable(e);
        }
    }

    /** Names the flag and the next step. */
    static StoreUnreadableException unreadable(final SQLException e) {
        final String state = String.valueOf(e.getSQLState());
        final String next;
        if (UNDEFINED_TABLE.equals(state) || UNDEFINED_SCHEMA.equals(state)) {
            next = "name the database that the server settles into; the tables appear when it has first reached it";
        } else if (NO_RIGHT.equals(state)) {
            next = "give --postgres-user the right to read the schema " + SCHEMA + ", with --repair to write it, too";
        } else if (state.startsWith("28")) {
            next = "check --postgres-user and --postgres-password";
        } else {
            next = "check the URL, and that Postgres runs; then run this again";
        }
        return new StoreUnreadableException("--postgres-url: " + firstLine(e) + "; next step: " + next, e);
    }

    static String firstLine(final Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    Connection connection() {
        return connection;
    }

    /** Begins to see everything as of one moment, and to change nothing. */
    void beginRead() throws SQLException {
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    }

    /** Where settlement stands. */
    record Cursor(UUID journalId, long sequence) {}

    /** Where settlement stands; empty when it never began. */
    Optional<Cursor> cursor() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select journal_id, journal_sequence from " + SCHEMA + ".settlement_cursor")) {
            return rows.next()
                    ? Optional.of(new Cursor(rows.getObject(1, UUID.class), rows.getLong(2)))
                    : Optional.empty();
        }
    }

    /**
     * The rows of a table from a sequence on, in the journal's order, as they are asked for; first of all those of a lost
     * history.
     */
    RowStream stream(final Table table, final long fromSequence) throws SQLException {
        return RowStream.open(
                connection,
                table,
                table.select("(t.journal_sequence >= ? or t.journal_sequence < 0) order by t.journal_sequence"),
                fromSequence);
    }

    /** The rows that bear these keys. */
    List<Row> byKeys(final Table table, final List<String> keys) throws SQLException {
        return rows(table, table.selectByKeys(), connection.createArrayOf("text", keys.toArray()));
    }

    /** The rows of these sequences. */
    List<Row> bySequences(final Table table, final List<Long> sequences) throws SQLException {
        final String select = table.select("t.journal_sequence = any(?)");
        return rows(table, select, connection.createArrayOf("bigint", sequences.toArray()));
    }

    private List<Row> rows(final Table table, final String select, final java.sql.Array keys) throws SQLException {
        final List<Row> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setArray(1, keys);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(RowStream.row(table, rows));
                }
            }
        }
        return found;
    }

    /** A number that a query counts, with one parameter. */
    long count(final String query, final long parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setLong(1, parameter);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (final SQLException e) {
            throw unreadable(e);
        }
    }
}
