package io.holdfast.gateway;

import io.holdfast.settlement.postgres.PostgresConfig;
import io.holdfast.settlement.webhook.WebhookConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Everything that a server is told at its start, read once from the command line and the environment, and checked
 * there: flags name what was wrong, these records only hold what was right.
 *
 * @param isDev whether it runs for trying out: keys may be short, stores need not be named
 * @param listeners where it listens
 * @param credentials who may ask for what
 * @param limits how much it takes on
 * @param storage where its journal lives
 * @param outside whom it tells afterwards
 */
public record ServerConfig(
        boolean isDev, Listeners listeners, Credentials credentials, Limits limits, Storage storage, Outside outside) {

    public ServerConfig {
        Objects.requireNonNull(listeners, "listeners");
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(storage, "storage");
        Objects.requireNonNull(outside, "outside");
    }

    /** The same on other ports. */
    public ServerConfig with(final Listeners otherListeners) {
        return new ServerConfig(isDev, otherListeners, credentials, limits, storage, outside);
    }

    /** The same with other stores. */
    public ServerConfig with(final Outside otherOutside) {
        return new ServerConfig(isDev, listeners, credentials, limits, storage, otherOutside);
    }

    /**
     * A host name or address and a TCP port.
     *
     * @param port 0 to 65,535; 0 takes a free one
     */
    public record Endpoint(String host, int port) {
        /** {@code host:port}, an IPv6 address in brackets, as a URL wants it. */
        public String authority() {
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /**
     * Where the server listens.
     *
     * @param service for storefronts, payment providers and operators
     * @param management for probes and metrics, never to be exposed
     * @param tls for the service port; plain HTTP without
     * @param corsOrigins origins whose pages may call from a browser
     */
    public record Listeners(Endpoint service, Endpoint management, Optional<Tls> tls, List<String> corsOrigins) {
        public Listeners {
            corsOrigins = List.copyOf(corsOrigins);
        }
    }

    /** PEM files: the certificate with its chain, and its private key. */
    public record Tls(Path certificate, Path key) {}

    /** A secret, kept out of logs and messages: its text form hides it. */
    public record Secret(String value) {
        @Override
        public String toString() {
            return "[secret]";
        }
    }

    /**
     * Who may ask for what.
     *
     * @param apiKey the storefront's
     * @param adminKey the operators'
     * @param paymentSecrets the payment provider's: one, or several while they are rotated
     * @param buyerTokenSecret signs buyer tokens; they are off without
     */
    public record Credentials(
            Secret apiKey, Secret adminKey, List<Secret> paymentSecrets, Optional<Secret> buyerTokenSecret) {
        public Credentials {
            paymentSecrets = List.copyOf(paymentSecrets);
        }
    }

    /**
     * How much the server takes on.
     *
     * @param ringSize slots of the ring, a power of two from 1,024 to 1,048,576
     * @param connectionsMax open connections; when empty, 65,536 or what the file descriptor limit leaves
     * @param buyerRate requests a second that name one buyer; 0 is no limit
     * @param addressRate requests a second from one address without a key; 0 is no limit
     * @param isStockPrivate whether a drop's stock is shown to callers with a key only
     */
    public record Limits(
            int ringSize, OptionalInt connectionsMax, int buyerRate, int addressRate, boolean isStockPrivate) {}

    /**
     * Where the journal lives and how much of the disk it may use.
     *
     * @param retainBytes journal bytes kept before the oldest segments are deleted
     * @param diskReserveBytes free bytes below which no further segment is made
     * @param isLostTailAccepted whether to go on when a store has seen more than the journal holds
     * @param archiveDirectory where the oldest segments go instead of being deleted
     */
    public record Storage(
            Path dataDirectory,
            long retainBytes,
            long diskReserveBytes,
            boolean isLostTailAccepted,
            Optional<Path> archiveDirectory) {

        /** The same with its journal somewhere else. */
        public Storage in(final Path otherDirectory) {
            return new Storage(otherDirectory, retainBytes, diskReserveBytes, isLostTailAccepted, archiveDirectory);
        }
    }

    /** Whom the server tells afterwards; none of them is asked before a hold is granted. */
    public record Outside(Optional<Postgres> postgres, Optional<Secret> redisUrl, Optional<Webhook> webhook) {}

    /** The database that payments settle into. */
    public record Postgres(String url, String user, Optional<Secret> password) {
        PostgresConfig settlementConfig() {
            return new PostgresConfig(url, user, password.map(Secret::value).orElse(""));
        }
    }

    /**
     * The receiver of outbound webhooks.
     *
     * @param secrets each signs every message: one, or several while they are rotated
     */
    public record Webhook(String url, List<Secret> secrets) {
        public Webhook {
            secrets = List.copyOf(secrets);
        }

        WebhookConfig senderConfig() {
            return new WebhookConfig(
                    URI.create(url), secrets.stream().map(Secret::value).toList());
        }
    }
}
