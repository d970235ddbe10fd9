package io.holdfast.settlement.postgres;

import io.holdfast.embedded.EmbeddedPostgres;
import io.holdfast.settlement.SharedServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;

/** An empty database of its own for a test, on a real Postgres: by default on one that all tests of this process share. */
public final class TestDatabase {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final EmbeddedPostgres server;
    private final String name;
    private final int port;

    private TestDatabase(final EmbeddedPostgres server, final String name, final int port) {
        this.server = server;
        this.name = name;
        this.port = port;
    }

    /** Started at the first use; ends with the process. */
    private static final class Shared {
        private static final EmbeddedPostgres SERVER = SharedServer.start(EmbeddedPostgres::start);
    }

    /** On the shared server: not to be stopped or paused. */
    public static TestDatabase create() {
        return create(Shared.SERVER);
    }

    /** On a server of the test's own. */
    public static TestDatabase create(final EmbeddedPostgres server) {
        final String name = "test_" + NUMBERS.incrementAndGet();
        new TestDatabase(server, "postgres", server.port()).execute("create database " + name);
        return new TestDatabase(server, name, server.port());
    }

    /** The same database by way of another port, a proxy's for instance. */
    public TestDatabase through(final int otherPort) {
        return new TestDatabase(server, name, otherPort);
    }

    public EmbeddedPostgres server() {
        return server;
    }

    public PostgresConfig config() {
        return new PostgresConfig("jdbc:postgresql://127.0.0.1:" + port + "/" + name, server.user(), server.password());
    }

    /** A connection outside of any pool, to be closed. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(config().url(), server.user(), server.password());
    }

    /** Executes statements, one after the other. */
    public TestDatabase execute(final String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (final String each : statements) {
                statement.execute(each);
            }
            return this;
        } catch (final SQLException e) {
            throw new AssertionError(String.join("; ", statements), e);
        }
    }

    /** What a query gives, each row as its columns with spaces between. */
    public List<String> rows(final String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            final List<String> rows = new ArrayList<>();
            while (result.next()) {
                final StringJoiner row = new StringJoiner(" ");
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(row.toString());
            }
            return rows;
        } catch (final SQLException e) {
            throw new AssertionError(query, e);
        }
    }

    /** Rows of a table of the schema. */
    public long count(final String table) {
        return Long.parseLong(rows("select count(*) from holdfast." + table).get(0));
    }
}
