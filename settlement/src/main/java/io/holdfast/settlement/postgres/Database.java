package io.holdfast.settlement.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The way to the database: a small pool that every follower's thread may borrow from, made without asking the server.
 *
 * <p>No call waits for ever: the driver gives up on a silent server after the socket timeout, and the server ends a
 * statement or a transaction of ours that it is left alone with, so that neither its locks nor our thread outlive a cut
 * connection. Any thread.
 */
public final class Database implements AutoCloseable {
    /** How long the driver waits for the server to say anything. */
    static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(10);

    /** Settlement, the sender of webhooks, and one for people's questions. */
    private static final int CONNECTIONS_MAX = 3;

    /** How long to wait for a connection, a new one included; no longer than for anything else. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** A migration may take longer than a statement of ours, and is not to be cut in the middle. */
    private static final Duration MIGRATION_SOCKET_TIMEOUT = Duration.ofSeconds(60);

    /** What the server was has become a standby: only a new connection finds who is the primary now. */
    private static final String READ_ONLY_TRANSACTION = "25006";

    private final PostgresConfig config;
    private final HikariDataSource pool;

    private Database(final PostgresConfig config, final Duration socketTimeout) {
        this.config = config;
        final Duration connectTimeout = CONNECT_TIMEOUT.compareTo(socketTimeout) < 0 ? CONNECT_TIMEOUT : socketTimeout;
        final HikariConfig hikari = new HikariConfig();
        hikari.setPoolName("holdfast-postgres");
        hikari.setDataSource(dataSource(config, connectTimeout, socketTimeout));
        hikari.setMaximumPoolSize(CONNECTIONS_MAX);
        hikari.setMinimumIdle(1);
        hikari.setConnectionTimeout(connectTimeout.toMillis());
        hikari.setInitializationFailTimeout(-1);
        hikari.setConnectionInitSql(sessionSettings(socketTimeout));
        this.pool = new HikariDataSource(hikari);
    }

    /** Makes the pool; the server need not be there, and need not come. */
    public static Database open(final PostgresConfig config) {
        return open(config, SOCKET_TIMEOUT);
    }

    /** The same with another socket timeout, in whole seconds. */
    static Database open(final PostgresConfig config, final Duration socketTimeout) {
        return new Database(config, socketTimeout);
    }

    /** Connections outside of any pool. What stands in the URL itself takes precedence over what is set here. */
    static PGSimpleDataSource dataSource(
            final PostgresConfig config, final Duration connectTimeout, final Duration socketTimeout) {
        final PGSimpleDataSource source = new PGSimpleDataSource();
        source.setConnectTimeout((int) connectTimeout.toSeconds());
        source.setLoginTimeout((int) connectTimeout.toSeconds());
        source.setSocketTimeout((int) socketTimeout.toSeconds());
        source.setTcpKeepAlive(true);
        source.setApplicationName("holdfast");
        source.setUrl(config.url());
        source.setUser(config.user());
        if (!config.password().isEmpty()) {
            source.setPassword(config.password());
        }
        return source;
    }

    /**
     * Set by statements, since poolers in between refuse them at the start of a session. The server gives up a little
     * before we do, so that what it held is free when we come back.
     */
    private static String sessionSettings(final Duration socketTimeout) {
        final long giveUpMs = socketTimeout.toMillis() * 8 / 10;
        return "set synchronous_commit = on; set statement_timeout = " + giveUpMs
                + "; set idle_in_transaction_session_timeout = " + giveUpMs;
    }

    /**
     * Borrows a connection, to be closed.
     *
     * @throws SQLException when none is to be had within five seconds
     */
    public Connection connection() throws SQLException {
        return pool.getConnection();
    }

    /** The pool, for what wants one. */
    public DataSource dataSource() {
        return pool;
    }

    /** Past the pool, with time for long statements. */
    DataSource migrationSource() {
        return dataSource(config, CONNECT_TIMEOUT, MIGRATION_SOCKET_TIMEOUT);
    }

    /**
     * What is done in a transaction.
     *
     * @param <E> what it throws of its own
     */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T in(Connection connection) throws SQLException, E;
    }

    /**
     * Does work in one transaction.
     *
     * @throws SQLException when it failed: nothing of it is there, unless the connection was lost in the commit, whose
     *     outcome is then unknown
     */
    public <T, E extends Exception> T inTransaction(final Work<T, E> work) throws SQLException, E {
        try (Connection connection = connection()) {
            connection.setAutoCommit(false);
            try {
                final T result = work.in(connection);
                connection.commit();
                return result;
            } catch (final Throwable e) {
                rollback(connection, e);
                if (e instanceof SQLException failure && READ_ONLY_TRANSACTION.equals(failure.getSQLState())) {
                    pool.evictConnection(connection);
                }
                throw e;
            }
        }
    }

    private static void rollback(final Connection connection, final Throwable cause) {
        try {
            connection.rollback();
        } catch (final SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** Where and as whom; without the password. */
    @Override
    public String toString() {
        return config.toString();
    }

    @Override
    public void close() {
        pool.close();
    }
}
