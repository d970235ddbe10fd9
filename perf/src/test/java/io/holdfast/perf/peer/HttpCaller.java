package io.holdfast.perf.peer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** Asks a peer as a storefront does. */
final class HttpCaller {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    HttpCaller(final Peer peer) {
        this.url = "http://127.0.0.1:" + peer.port() + "/v1/drops/";
    }

    HttpResponse<String> putDrop(final String drop, final String definition) throws IOException, InterruptedException {
        final HttpRequest request = HttpRequest.newBuilder(URI.create(url + drop))
                .PUT(HttpRequest.BodyPublishers.ofString(definition))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> buy(final String drop, final String buyer, final String key, final int quantity) {
        return buyLater(drop, buyer, key, quantity).join();
    }

    CompletableFuture<HttpResponse<String>> buyLater(
            final String drop, final String buyer, final String key, final int quantity) {
        final HttpRequest request = HttpRequest.newBuilder(URI.create(url + drop + "/holds"))
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"buyer\":\"" + buyer + "\",\"items\":[{\"sku\":\"GA\",\"quantity\":" + quantity + "}]}"))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }
}
