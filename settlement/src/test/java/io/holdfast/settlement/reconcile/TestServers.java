package io.holdfast.settlement.reconcile;

import io.holdfast.embedded.EmbeddedPostgres;
import io.holdfast.embedded.EmbeddedRedis;
import io.holdfast.settlement.SharedServer;

/** The real servers that the tests of this package share, each started at its first use. */
final class TestServers {
    private TestServers() {}

    private static final class Postgres {
        static final EmbeddedPostgres SERVER = SharedServer.start(EmbeddedPostgres::start);
    }

    private static final class Redis {
        static final EmbeddedRedis SERVER = SharedServer.start(EmbeddedRedis::start);
    }

    static EmbeddedPostgres postgres() {
        return Postgres.SERVER;
    }

    static EmbeddedRedis redis() {
        return Redis.SERVER;
    }
}
