package io.holdfast.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A real Redis on the loopback address. Unless told otherwise it keeps nothing over a restart: what it is here for, a
 * mirror, is rebuilt.
 *
 * <p>It ends with {@link #close()}, or with this process, however that ends.
 */
public final class EmbeddedRedis implements AutoCloseable {
    private final Optional<String> password;
    private final Guardian guardian;
    private final DirectoryLock lock;

    private EmbeddedRedis(final Optional<String> password, final Guardian guardian, final DirectoryLock lock) {
        this.password = password;
        this.guardian = guardian;
        this.lock = lock;
    }

    /** Starts one on a free port; see {@link #start(Path, int)}. */
    public static EmbeddedRedis start(final Path directory) throws IOException {
        return start(directory, 0);
    }

    /**
     * Starts one without a password; returns when it takes connections.
     *
     * @param directory its home, made if it is not there; nobody else's
     * @param port 0 takes a free one
     * @throws IOException if it does not start; the message says why, and what to do
     */
    public static EmbeddedRedis start(final Path directory, final int port) throws IOException {
        return start(directory, port, Optional.empty());
    }

    /**
     * Starts one without a password that may keep what it is told, for measuring what that costs.
     *
     * @param directives lines of {@code redis.conf}, {@code appendonly yes}, which win over ours
     */
    public static EmbeddedRedis start(final Path directory, final int port, final List<String> directives)
            throws IOException {
        return start(directory, port, Optional.empty(), directives);
    }

    /**
     * The same with a password: without one, any user of the machine may have this server write files as ours
     * ({@code CONFIG SET dir}).
     */
    static EmbeddedRedis start(final Path directory, final int port, final Optional<String> password)
            throws IOException {
        return start(directory, port, password, List.of());
    }

    private static EmbeddedRedis start(
            final Path directory, final int port, final Optional<String> password, final List<String> directives)
            throws IOException {
        final Path home = PrivateDirectory.create(directory);
        final DirectoryLock lock = DirectoryLock.acquire(home);
        try {
            return new EmbeddedRedis(password, startServer(home, port, password, directives), lock);
        } catch (final IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static Guardian startServer(
            final Path home, final int port, final Optional<String> password, final List<String> directives)
            throws IOException {
        final Path binary = RedisBinary.unpacked(BinaryCache.ofUser());
        final Path settings = home.resolve("redis.conf");
        final Path pidFile = home.resolve("redis.pid");
        final Path log = home.resolve("redis.log");
        // As a daemon it has a session of its own. Paths are relative to the home, where it is started: no quoting.
        Files.writeString(
                settings,
                String.join(
                        "\n",
                        "bind " + LoopbackPort.HOST,
                        "daemonize yes",
                        "pidfile " + pidFile.getFileName(),
                        "logfile " + log.getFileName(),
                        "set-proc-title no",
                        "save \"\"",
                        "appendonly no",
                        password.map(secret -> "requirepass " + secret).orElse(""),
                        String.join("\n", directives),
                        ""));
        try {
            return Guardian.start(
                    new Guardian.Guarded(home, pidFile, settings.toString(), "TERM", log),
                    port,
                    taken -> List.of(binary.toString(), settings.toString(), "--port", Integer.toString(taken)));
        } catch (final IOException e) {
            throw new IOException("the embedded Redis: " + e.getMessage(), e);
        }
    }

    /** With its password, where it has one. */
    public String url() {
        return "redis://" + password.map(secret -> "default:" + secret + "@").orElse("") + LoopbackPort.HOST + ":"
                + port();
    }

    public int port() {
        return guardian.port();
    }

    public long pid() {
        return guardian.serverPid();
    }

    /**
     * Ends it; returns when it has ended.
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
