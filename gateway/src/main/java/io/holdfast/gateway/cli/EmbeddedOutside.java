package io.holdfast.gateway.cli;

import io.holdfast.embedded.EmbeddedStores;
import io.holdfast.embedded.EmbeddedStores.Store;
import io.holdfast.gateway.ServerConfig;
import io.holdfast.gateway.ServerConfig.Outside;
import io.holdfast.gateway.ServerConfig.Postgres;
import io.holdfast.gateway.ServerConfig.Secret;
import io.holdfast.gateway.StartRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What was named outside, completed by embedded stores: the only class that knows how they are made. */
final class EmbeddedOutside {
    private final Outside given;
    private final EmbeddedStores stores;

    private EmbeddedOutside(final Outside given, final EmbeddedStores stores) {
        this.given = given;
        this.stores = stores;
    }

    static EmbeddedOutside start(final ServerConfig config, final Console console) throws StartRefusedException {
        final Outside given = config.outside();
        final Set<Store> missing = EnumSet.noneOf(Store.class);
        if (given.postgres().isEmpty()) {
            missing.add(Store.POSTGRES);
        }
        if (given.redisUrl().isEmpty()) {
            missing.add(Store.REDIS);
        }
        final Path directory = config.storage().dataDirectory();
        console.say("starting " + nameOf(missing) + " in " + directory.resolve("embedded"));
        try {
            return new EmbeddedOutside(given, EmbeddedStores.start(directory, missing));
        } catch (final IOException e) {
            throw new StartRefusedException(e.getMessage(), e);
        }
    }

    private static String nameOf(final Set<Store> stores) {
        if (stores.size() > 1) {
            return "Postgres and Redis";
        }
        return stores.contains(Store.POSTGRES) ? "Postgres" : "Redis";
    }

    /** All of it, as the server is told. */
    Outside outside() {
        final Optional<Postgres> postgres = stores.postgres()
                .map(made -> new Postgres(made.jdbcUrl(), made.user(), Optional.of(new Secret(made.password()))));
        final Optional<Secret> redis = stores.redis().map(made -> new Secret(made.url()));
        return new Outside(postgres.or(given::postgres), redis.or(given::redisUrl), given.webhook());
    }

    /** How to look into those that were made. */
    List<String> made() {
        final List<String> lines = new ArrayList<>();
        if (stores.postgres().isPresent()) {
            outside().postgres().ifPresent(made -> lines.add("embedded Postgres: psql " + DemoBanner.urlOf(made)));
        }
        stores.redis().ifPresent(made -> lines.add("embedded Redis: redis-cli -u " + made.url()));
        return lines;
    }

    void close() {
        stores.close();
    }
}
