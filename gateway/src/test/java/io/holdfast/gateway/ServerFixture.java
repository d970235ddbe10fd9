package io.holdfast.gateway;

import io.holdfast.gateway.ServerConfig.Credentials;
import io.holdfast.gateway.ServerConfig.Endpoint;
import io.holdfast.gateway.ServerConfig.Limits;
import io.holdfast.gateway.ServerConfig.Listeners;
import io.holdfast.gateway.ServerConfig.Outside;
import io.holdfast.gateway.ServerConfig.Postgres;
import io.holdfast.gateway.ServerConfig.Secret;
import io.holdfast.gateway.ServerConfig.Storage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** Whole servers in the test's own process, and requests to them. */
final class ServerFixture {
    static final int RING_SIZE = 1_024;
    private static final String API_KEY = "api-key-of-the-server-test";
    private static final String ADMIN_KEY = "admin-key-of-the-server-test";
    private static final Duration TIMEOUT = Duration.ofSeconds(40);

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private ServerFixture() {}

    static ServerConfig config(final Path data) {
        return config(data, 0, 0, 0);
    }

    static ServerConfig config(final Path data, final int port, final int managementPort, final long diskReserveBytes) {
        return config(
                new Endpoint("127.0.0.1", port),
                new Endpoint("127.0.0.1", managementPort),
                new Storage(data, Long.MAX_VALUE, diskReserveBytes, false, Optional.empty()),
                new Outside(Optional.empty(), Optional.empty(), Optional.empty()));
    }

    /** A server that settles into a database. */
    static ServerConfig config(final Path data, final Postgres postgres, final boolean isLostTailAccepted) {
        return config(
                new Endpoint("127.0.0.1", 0),
                new Endpoint("127.0.0.1", 0),
                new Storage(data, Long.MAX_VALUE, 0, isLostTailAccepted, Optional.empty()),
                new Outside(Optional.of(postgres), Optional.empty(), Optional.empty()));
    }

    private static ServerConfig config(
            final Endpoint service, final Endpoint management, final Storage storage, final Outside outside) {
        return new ServerConfig(
                true,
                new Listeners(service, management, Optional.empty(), List.of()),
                new Credentials(
                        new Secret(API_KEY),
                        new Secret(ADMIN_KEY),
                        List.of(new Secret("payment-secret-of-the-server-test")),
                        Optional.empty()),
                new Limits(RING_SIZE, OptionalInt.empty(), 0, 0, false),
                storage,
                outside);
    }

    static HttpResponse<String> createDrop(final RunningServer server, final String drop)
            throws IOException, InterruptedException {
        return CLIENT.send(
                request(server, ADMIN_KEY, "/v1/drops/" + drop)
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"skus\":[{\"sku\":\"GA\",\"capacity\":100000}]}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    static CompletableFuture<HttpResponse<String>> buy(
            final RunningServer server, final String drop, final String buyer) {
        return CLIENT.sendAsync(
                request(server, API_KEY, "/v1/drops/" + drop + "/holds")
                        .header("Idempotency-Key", "press-of-" + buyer)
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"buyer\":\"" + buyer + "\",\"items\":[{\"sku\":\"GA\",\"quantity\":1}]}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    static HttpResponse<String> management(final RunningServer server, final String path)
            throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(
                                URI.create("http://" + server.management().authority() + path))
                        .timeout(TIMEOUT)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(final RunningServer server, final String key, final String path) {
        return HttpRequest.newBuilder(URI.create("http://" + server.service().authority() + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json");
    }
}
