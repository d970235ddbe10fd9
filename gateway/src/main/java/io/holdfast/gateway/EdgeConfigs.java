package io.holdfast.gateway;

/** The edge's part of the server's configuration. */
final class EdgeConfigs {
    private EdgeConfigs() {}

    static EdgeConfig of(final ServerConfig config, final int eventLoops) {
        final ServerConfig.Credentials credentials = config.credentials();
        final ServerConfig.Limits limits = config.limits();
        return new EdgeConfig(
                address(config.listeners().service()),
                address(config.listeners().management()),
                new EdgeConfig.Access(
                        credentials.apiKey().value(),
                        credentials.adminKey().value(),
                        credentials.paymentSecrets().stream()
                                .map(ServerConfig.Secret::value)
                                .toList(),
                        limits.isStockPrivate(),
                        new EdgeConfig.Browsers(
                                credentials.buyerTokenSecret().map(ServerConfig.Secret::value),
                                config.listeners().corsOrigins())),
                config.listeners()
                        .tls()
                        .map(tls -> new EdgeConfig.Tls(tls.certificate(), tls.key()))
                        .orElse(null),
                new EdgeConfig.Limits(
                        limits.connectionsMax().orElse(EdgeConfig.Limits.DEFAULT.maxConnections()),
                        limits.buyerRate(),
                        limits.addressRate(),
                        eventLoops),
                EdgeConfig.Deadlines.DEFAULT);
    }

    private static EdgeConfig.Address address(final ServerConfig.Endpoint endpoint) {
        return new EdgeConfig.Address(endpoint.host(), endpoint.port());
    }
}
