package io.holdfast.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The stores that a server for trying out has of its own, below {@code embedded} of its data directory. */
public final class EmbeddedStores implements AutoCloseable {
    private final Optional<EmbeddedPostgres> postgres;
    private final Optional<EmbeddedRedis> redis;

    private EmbeddedStores(final Optional<EmbeddedPostgres> postgres, final Optional<EmbeddedRedis> redis) {
        this.postgres = postgres;
        this.redis = redis;
    }

    /** What can be embedded. */
    public enum Store {
        POSTGRES,
        REDIS
    }

    /**
     * Starts stores; returns when they take connections, or throws and none is left.
     *
     * @param dataDirectory the server's
     * @throws IOException if one of them does not start; the message says why, and what to do
     */
    public static EmbeddedStores start(final Path dataDirectory, final Set<Store> wanted) throws IOException {
        final Path home = PrivateDirectory.create(dataDirectory.resolve("embedded"));
        final Optional<EmbeddedRedis> redis =
                wanted.contains(Store.REDIS) ? Optional.of(startRedis(home.resolve("redis"))) : Optional.empty();
        try {
            final Optional<EmbeddedPostgres> postgres = wanted.contains(Store.POSTGRES)
                    ? Optional.of(EmbeddedPostgres.start(home.resolve("postgres")))
                    : Optional.empty();
            return new EmbeddedStores(postgres, redis);
        } catch (final IOException | RuntimeException e) {
            redis.ifPresent(EmbeddedRedis::close);
            throw e;
        }
    }

    private static EmbeddedRedis startRedis(final Path home) throws IOException {
        final Path made = PrivateDirectory.create(home);
        return EmbeddedRedis.start(made, 0, Optional.of(SecretFile.readOrMake(made.resolve("password"))));
    }

    public Optional<EmbeddedPostgres> postgres() {
        return postgres;
    }

    public Optional<EmbeddedRedis> redis() {
        return redis;
    }

    /**
     * Ends them; returns when they have ended. May be called more than once.
     *
     * @throws UncheckedIOException if one of them does not end
     */
    @Override
    public void close() {
        try {
            postgres.ifPresent(EmbeddedPostgres::close);
        } finally {
            redis.ifPresent(EmbeddedRedis::close);
        }
    }
}
