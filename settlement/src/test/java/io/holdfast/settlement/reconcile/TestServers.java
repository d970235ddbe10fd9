package io.holdfast.settlement.reconcile;

import io.holdfast.embedded.EmbeddedPostgres;
import io.holdfast.embedded.EmbeddedRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The real servers that the tests of this package share; they end with the process. */
final class TestServers {
    private static final Path HOME = home();

    private TestServers() {}

    private static final class Postgres {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start(HOME.resolve("postgres"));
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Redis {
        static final EmbeddedRedis SERVER = start();

        private static EmbeddedRedis start() {
            try {
                return EmbeddedRedis.start(HOME.resolve("redis"));
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Path home() {
        try {
            return Files.createTempDirectory("holdfast-reconcile-test");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static EmbeddedPostgres postgres() {
        return Postgres.SERVER;
    }

    static EmbeddedRedis redis() {
        return Redis.SERVER;
    }
}
