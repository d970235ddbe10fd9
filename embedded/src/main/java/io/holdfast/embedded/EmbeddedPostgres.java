package io.holdfast.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Postgres on the loopback address, its data in a directory that the next start goes on with, after a crash too.
 *
 * <p>It syncs what it commits, as a production server does. Its user is a superuser, with a password that is made with
 * the data and kept beside it. It ends with {@link #close()}, or with this process, however that ends.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String NAME = "holdfast";
    private static final String FIRST_DATABASE = "postgres";
    private static final String NOT_IN_A_SHELL = "\"$`\\\n";
    private static final String UNFINISHED = "initialising-";
    private static final int INITIALISE_MAX_SECONDS = 120;
    private static final int START_MAX_SECONDS = 60;
    private static final String SETTINGS = "-c listen_addresses=" + LoopbackPort.HOST + " -c unix_socket_directories=''"
            + " -c timezone=UTC -c log_timezone=UTC";

    private final String password;
    private final Guardian guardian;
    private final DirectoryLock lock;

    private EmbeddedPostgres(final String password, final Guardian guardian, final DirectoryLock lock) {
        this.password = password;
        this.guardian = guardian;
        this.lock = lock;
    }

    /** Starts one on a free port; see {@link #start(Path, int)}. */
    public static EmbeddedPostgres start(final Path directory) throws IOException {
        return start(directory, 0);
    }

    /**
     * Starts one; returns when it takes connections and has its database.
     *
     * @param directory its home, made if it is not there; nobody else's
     * @param port 0 takes a free one
     * @throws IOException if it does not start; the message says why, and what to do
     */
    public static EmbeddedPostgres start(final Path directory, final int port) throws IOException {
        final Path home = PrivateDirectory.create(directory);
        if (home.toString().chars().anyMatch(c -> NOT_IN_A_SHELL.indexOf(c) >= 0)) {
            throw new IOException(
                    home + ": Postgres cannot live below a name with one of \" $ ` \\ in it; next step: name another");
        }
        final DirectoryLock lock = DirectoryLock.acquire(home);
        try {
            return start(home, port, lock);
        } catch (final IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static EmbeddedPostgres start(final Path home, final int port, final DirectoryLock lock)
            throws IOException {
        final PostgresBinaries binaries = PostgresBinaries.unpacked(BinaryCache.ofUser());
        final Path data = home.resolve("data");
        final Path log = home.resolve("postgres.log");
        final String password = SecretFile.readOrMake(home.resolve("password"));
        if (!Files.exists(data)) {
            initialise(binaries, home, data);
        }
        final Guardian guardian;
        try {
            guardian = Guardian.start(
                    new Guardian.Guarded(home, data.resolve("postmaster.pid"), data.toString(), "INT", log),
                    port,
                    taken -> startCommand(binaries, data, log, taken));
        } catch (final IOException e) {
            throw new IOException("the embedded Postgres: " + e.getMessage(), e);
        }
        final EmbeddedPostgres postgres = new EmbeddedPostgres(password, guardian, lock);
        try {
            postgres.createDatabase();
            return postgres;
        } catch (final SQLException e) {
            guardian.end();
            throw new IOException("the embedded Postgres in " + home + " started, and then: " + e.getMessage(), e);
        }
    }

    /** Made beside its place and moved there, so that a crash leaves all of it or none. */
    private static void initialise(final PostgresBinaries binaries, final Path home, final Path data)
            throws IOException {
        deleteUnfinished(home);
        final Path made = home.resolve(UNFINISHED + UUID.randomUUID());
        final Path log = home.resolve("initdb.log");
        final List<String> command = binaries.command(
                "initdb",
                "--pgdata=" + made,
                "--username=" + NAME,
                "--pwfile=" + home.resolve("password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C");
        final Process process = Child.in(home, command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!Child.hasSucceeded(process, INITIALISE_MAX_SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the embedded Postgres cannot be set up in " + home + ":\n" + Child.said(log));
        }
        Files.move(made, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What is still being written, by a set-up whose parent was killed a moment ago, stays until the next time. */
    private static void deleteUnfinished(final Path home) throws IOException {
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(home, UNFINISHED + "*")) {
            for (final Path directory : unfinished) {
                try {
                    Deletion.delete(directory);
                } catch (final IOException | UncheckedIOException e) {
                    LOG.warn("cannot delete {}: {}", directory, e.toString());
                }
            }
        }
    }

    /** {@code pg_ctl} takes the server out of our session, and waits until it is ready. */
    private static List<String> startCommand(
            final PostgresBinaries binaries, final Path data, final Path log, final int port) {
        return binaries.command(
                "pg_ctl",
                "start",
                "--wait",
                "--timeout=" + START_MAX_SECONDS,
                "--pgdata=" + data,
                "--log=" + log,
                "--options=-p " + port + " " + SETTINGS);
    }

    private void createDatabase() throws SQLException {
        final PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url(FIRST_DATABASE));
        source.setUser(user());
        source.setPassword(password);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            if (!hasDatabase(statement)) {
                statement.execute("CREATE DATABASE " + NAME);
            }
        }
    }

    private static boolean hasDatabase(final Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + NAME + "'")) {
            return found.next();
        }
    }

    private String url(final String database) {
        return "jdbc:postgresql://" + LoopbackPort.HOST + ":" + port() + "/" + database;
    }

    /** Of its database, without user and password. */
    public String jdbcUrl() {
        return url(NAME);
    }

    public String user() {
        return NAME;
    }

    public String password() {
        return password;
    }

    public int port() {
        return guardian.port();
    }

    /** The postmaster's process id. */
    public long pid() {
        return guardian.serverPid();
    }

    /**
     * Ends it by a fast shutdown: clients are cut off, what was committed is on the disk. Returns when it has ended.
     *
     * @throws UncheckedIOException if it does not end
     */
    @Override
    public void close() {
        try (lock) {
            guardian.end();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
