package io.holdfast.gateway.cli;

import io.holdfast.gateway.ServerConfig.Endpoint;
import io.holdfast.gateway.ServerConfig.Listeners;
import io.holdfast.gateway.ServerConfig.Tls;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the server listens. */
final class ListenOptions implements FromEnvironment {
    static final int PORT_DEFAULT = 8080;
    static final int MANAGEMENT_PORT_DEFAULT = 8081;

    private static final int PORT_MAX = 65_535;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port of the service (" + PORT_DEFAULT + "); 0 takes a free one.")
    private Integer port;

    @Option(
            names = "--management-host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Address of the management port (${DEFAULT-VALUE}): never expose it.")
    private String managementHost;

    @Option(
            names = "--management-port",
            paramLabel = "PORT",
            description = "Port for probes and metrics (" + MANAGEMENT_PORT_DEFAULT + "); 0 takes a free one.")
    private Integer managementPort;

    @Option(
            names = "--cors-origin",
            paramLabel = "ORIGIN",
            description = "Origins whose pages may call from a browser, comma-separated: https://shop.example.")
    private String corsOrigin;

    Listeners listeners(final TlsOptions tls) {
        final Endpoint service = new Endpoint(checkHost("--host", host), checkPort("--port", port, PORT_DEFAULT));
        final Endpoint management = new Endpoint(
                checkHost("--management-host", managementHost),
                checkPort("--management-port", managementPort, MANAGEMENT_PORT_DEFAULT));
        if (service.port() != 0 && service.equals(management)) {
            throw new UsageException("--management-port", "the same as --port, " + service.port());
        }
        final Optional<Tls> files = tls == null ? Optional.empty() : tls.tls();
        return new Listeners(service, management, files, origins());
    }

    boolean isPortChosen() {
        return port != null;
    }

    boolean isManagementPortChosen() {
        return managementPort != null;
    }

    private static String checkHost(final String flag, final String host) {
        if (host.isBlank() || host.indexOf(' ') >= 0 || host.indexOf('/') >= 0) {
            throw new UsageException(flag, "'" + host + "' is not a host name or address");
        }
        return host;
    }

    private static int checkPort(final String flag, final Integer port, final int otherwise) {
        if (port == null) {
            return otherwise;
        }
        if (port < 0 || port > PORT_MAX) {
            throw new UsageException(flag, port + " is not a port from 0 to 65535");
        }
        return port;
    }

    private List<String> origins() {
        final List<String> origins = new ArrayList<>();
        if (corsOrigin != null) {
            for (final String origin : corsOrigin.split(",", -1)) {
                origins.add(checkOrigin(origin.strip()));
            }
        }
        return origins;
    }

    /** An origin as browsers spell it (RFC 6454, 6.2): in lower case, and without a port that goes without saying. */
    private static String checkOrigin(final String given) {
        final String origin = given.toLowerCase(Locale.ROOT);
        if (!isOrigin(origin)) {
            throw new UsageException("--cors-origin", "'" + given + "' is not an origin like https://shop.example");
        }
        final String usualPort = origin.startsWith("https:") ? ":443" : ":80";
        return origin.endsWith(usualPort) ? origin.substring(0, origin.length() - usualPort.length()) : origin;
    }

    /** An origin is scheme, host and port, nothing before or after them. */
    private static boolean isOrigin(final String origin) {
        try {
            final URI uri = URI.create(origin);
            final boolean isWeb = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            final String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return isWeb
                    && uri.getHost() != null
                    && uri.getPort() <= PORT_MAX
                    && origin.equals(uri.getScheme() + "://" + uri.getHost() + port);
        } catch (final IllegalArgumentException e) {
            return false;
        }
    }
}
