package io.holdfast.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the edge is told at its start.
 *
 * @param http where the API is served
 * @param management where health and metrics are served
 * @param access who may ask
 * @param tls certificate and key, or null for plain HTTP
 */
public record EdgeConfig(Address http, Address management, Access access, Tls tls, Limits limits, Deadlines deadlines) {

    public EdgeConfig {
        Objects.requireNonNull(http, "http");
        Objects.requireNonNull(management, "management");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(deadlines, "deadlines");
    }

    /** An interface and a port; port 0 takes a free one. */
    public record Address(String host, int port) {
        private static final int PORT_MAX = 65_535;

        public Address {
            if (host == null || host.isBlank()) {
                throw new IllegalArgumentException("--host: an address to listen on is needed");
            }
            if (port < 0 || port > PORT_MAX) {
                throw new IllegalArgumentException("--port " + port + ": 0 to " + PORT_MAX + " is needed");
            }
        }
    }

    /**
     * Who may ask.
     *
     * @param paymentSecrets any of them makes a payment's signature valid; several while they are rotated
     * @param privateStock whether a drop is shown only to those who have a key
     * @param browsers whether, and from where, the public may call by itself
     */
    public record Access(
            String apiKey, String adminKey, List<String> paymentSecrets, boolean privateStock, Browsers browsers) {
        public Access {
            requireKey("--api-key", apiKey);
            requireKey("--admin-key", adminKey);
            if (apiKey.equals(adminKey)) {
                throw new IllegalArgumentException("--admin-key: must differ from --api-key");
            }
            paymentSecrets = List.copyOf(paymentSecrets);
            if (paymentSecrets.isEmpty()) {
                throw new IllegalArgumentException("--payment-secret: at least one is needed");
            }
            paymentSecrets.forEach(secret -> requireKey("--payment-secret", secret));
            Objects.requireNonNull(browsers, "browsers");
        }

        private static void requireKey(final String flag, final String value) {
            if (value == null || value.isEmpty()) {
                throw new IllegalArgumentException(flag + ": a value is needed");
            }
        }

        /** Secrets stay out of logs. */
        @Override
        public String toString() {
            return "Access[privateStock=" + privateStock + ']';
        }
    }

    /**
     * What pages may do that call from a buyer's browser.
     *
     * @param tokenSecret what buyer tokens are signed with; when empty there are none
     * @param origins whose pages may read the answers, as browsers spell them: {@code https://shop.example}
     */
    public record Browsers(Optional<String> tokenSecret, List<String> origins) {
        public static final Browsers NONE = new Browsers(Optional.empty(), List.of());

        public Browsers {
            Objects.requireNonNull(tokenSecret, "tokenSecret");
            origins = List.copyOf(origins);
        }

        /** Secrets stay out of logs. */
        @Override
        public String toString() {
            return "Browsers[origins=" + origins + ']';
        }
    }

    /** PEM files. */
    public record Tls(Path certificate, Path key) {
        public Tls {
            Objects.requireNonNull(certificate, "--tls-cert: a PEM file is needed beside --tls-key");
            Objects.requireNonNull(key, "--tls-key: a PEM file is needed beside --tls-cert");
        }
    }

    /**
     * How much is let in.
     *
     * @param maxConnections open at once; fewer where the file descriptor limit leaves fewer
     * @param buyerRate requests a second and buyer; 0 is no limit
     * @param addressRate requests a second and address, for callers without a key; 0 is no limit
     * @param eventLoops threads of the edge; 0 chooses by the number of processors
     */
    public record Limits(int maxConnections, int buyerRate, int addressRate, int eventLoops) {
        public static final Limits DEFAULT = new Limits(65_536, 20, 50, 0);

        public Limits {
            atLeast("--max-connections", maxConnections, 1);
            atLeast("--buyer-rate", buyerRate, 0);
            atLeast("--address-rate", addressRate, 0);
            atLeast("event loops", eventLoops, 0);
        }

        private static void atLeast(final String flag, final int value, final int min) {
            if (value < min) {
                throw new IllegalArgumentException(flag + ' ' + value + ": " + min + " or more is needed");
            }
        }
    }

    /**
     * Totals, not pauses: one that sends a byte now and then is cut all the same.
     *
     * @param desk for what operators ask for beside the order of commands, such as a snapshot
     */
    public record Deadlines(Duration header, Duration body, Duration idle, Duration desk) {
        public static final Deadlines DEFAULT = new Deadlines(
                Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(30));

        public Deadlines {
            positive("header", header);
            positive("body", body);
            positive("idle", idle);
            positive("desk", desk);
        }

        private static void positive(final String name, final Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(name + " deadline " + value + ": must be positive");
            }
        }
    }
}
