package io.holdfast.gateway.cli;

import io.holdfast.gateway.RunningServer;
import io.holdfast.gateway.ServerConfig;
import io.holdfast.gateway.ServerConfig.Credentials;
import io.holdfast.gateway.ServerConfig.Postgres;
import io.holdfast.gateway.ServerConfig.Secret;
import java.io.PrintStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells a newcomer where things are, and first things to try: lines that work as they are pasted. */
final class DemoBanner {
    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_./+:@%=-]+");
    private static final String BUYER_TOKEN_SECRET = EnvironmentDefaults.variableOf(BuyerTokenOption.FLAG);
    private static final String JDBC = "jdbc:";
    private static final String POSTGRES_SCHEME = "postgresql://";

    private final PrintStream out;
    private final String command;
    private final RunningServer server;
    private final ServerConfig config;

    DemoBanner(final PrintStream out, final String command, final RunningServer server, final ServerConfig config) {
        this.out = out;
        this.command = quoted(command);
        this.server = server;
        this.config = config;
    }

    void print(final boolean isTemporary) {
        out.println();
        out.println("Holdfast demo: 5,000 × GA of the drop " + DemoDrop.NAME + ", 45.00 EUR each, open now.");
        out.println();
        printPlaces(isTemporary);
        printKeys();
        printLine(
                "Place a hold:",
                "curl -i " + DemoDrop.urlOf(server.service()) + "/v1/drops/" + DemoDrop.NAME
                        + "/holds -H 'Authorization: Bearer "
                        + config.credentials().apiKey().value() + "' -H 'Content-Type: application/json' -d '"
                        + DemoDrop.FIRST_HOLD + "'");
        printLine(
                "See what was decided:",
                command + " journal explain --buyer " + DemoDrop.FIRST_BUYER + " --data-dir " + quoted(directory()));
        config.credentials().buyerTokenSecret().ifPresent(this::printToken);
        printStores();
    }

    private void printToken(final Secret secret) {
        printLine(
                "Make a token, with which a buyer's page may call for itself:",
                BUYER_TOKEN_SECRET + "=" + quoted(secret.value()) + " " + command + " token --buyer "
                        + DemoDrop.FIRST_BUYER + " --drop " + DemoDrop.NAME + " --ttl 1h");
    }

    private void printPlaces(final boolean isTemporary) {
        out.println("  service      " + DemoDrop.urlOf(server.service()));
        out.println("  management   " + DemoDrop.urlOf(server.management()));
        config.outside().postgres().ifPresent(postgres -> out.println("  postgres     " + urlOf(postgres)));
        config.outside().redisUrl().ifPresent(redis -> out.println("  redis        " + redis.value()));
        out.println(
                "  data         " + directory() + (isTemporary ? "   (deleted on stop; keep it with --data-dir)" : ""));
        out.println();
    }

    private void printKeys() {
        final Credentials credentials = config.credentials();
        final String secrets =
                credentials.paymentSecrets().stream().map(Secret::value).collect(Collectors.joining(","));
        out.println("  HOLDFAST_API_KEY=" + credentials.apiKey().value());
        out.println("  HOLDFAST_ADMIN_KEY=" + credentials.adminKey().value());
        out.println("  HOLDFAST_PAYMENT_SECRET=" + secrets);
        credentials
                .buyerTokenSecret()
                .ifPresent(secret -> out.println("  " + BUYER_TOKEN_SECRET + "=" + secret.value()));
        out.println();
    }

    private void printStores() {
        final StringBuilder reconcile = new StringBuilder(command + " reconcile --data-dir " + quoted(directory()));
        config.outside().postgres().ifPresent(postgres -> {
            printLine("See what was settled:", "psql " + urlOf(postgres) + " -c 'SELECT * FROM orders'");
            reconcile.append(" --postgres-url ").append(postgres.url());
            reconcile.append(" --postgres-user ").append(postgres.user());
            postgres.password()
                    .ifPresent(password ->
                            reconcile.append(" --postgres-password ").append(password.value()));
        });
        config.outside().redisUrl().ifPresent(redis -> {
            printLine(
                    "See what is mirrored:",
                    "redis-cli -u " + redis.value() + " HGETALL holdfast:stock:" + DemoDrop.NAME);
            reconcile.append(" --redis-url ").append(redis.value());
        });
        printLine("Compare the journal with both:", reconcile.toString());
    }

    private void printLine(final String what, final String line) {
        out.println(what);
        out.println();
        out.println("  " + line);
        out.println();
    }

    /** As a shell takes it for one word. */
    private static String quoted(final String path) {
        return PLAIN_WORD.matcher(path).matches() ? path : "'" + path.replace("'", "'\\''") + "'";
    }

    private String directory() {
        return config.storage().dataDirectory().toAbsolutePath().toString();
    }

    /** As {@code psql} takes it, with user and password. */
    static String urlOf(final Postgres postgres) {
        final String login = postgres.user()
                + postgres.password().map(password -> ":" + password.value()).orElse("");
        return POSTGRES_SCHEME + login + "@" + postgres.url().substring((JDBC + POSTGRES_SCHEME).length());
    }
}
