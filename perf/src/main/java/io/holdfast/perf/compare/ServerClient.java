package io.holdfast.perf.compare;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What is asked of a server beside the load: to make a drop, and how far behind its followers are. */
final class ServerClient {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long LOOK_MS = 100;
    private static final int CREATED = 201;
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /** Makes a drop of one SKU with a price and a buyer's limit. */
    void makeDrop(final Server server, final String name, final long capacity)
            throws IOException, InterruptedException {
        final String definition = "{\"maxPerBuyer\":4,\"skus\":[{\"sku\":\"GA\",\"capacity\":" + capacity
                + ",\"priceMinor\":4500,\"currency\":\"EUR\"}]}";
        final HttpRequest request = HttpRequest.newBuilder(server.service().resolve("/v1/drops/" + name))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + server.keys().admin())
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(definition))
                .build();
        final HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != CREATED) {
            throw new IOException(
                    "PUT of the drop " + name + " was answered with " + answer.statusCode() + ": " + answer.body());
        }
    }

    /** Takes units of a drop for one buyer. */
    void hold(final Server server, final String drop, final int quantity) throws IOException, InterruptedException {
        final HttpRequest request = HttpRequest.newBuilder(server.service().resolve("/v1/drops/" + drop + "/holds"))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + server.keys().api())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"buyer\":\"first\",\"items\":[{\"sku\":\"GA\",\"quantity\":" + quantity + "}]}"))
                .build();
        final HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != CREATED) {
            throw new IOException("a hold was answered with " + answer.statusCode() + ": " + answer.body());
        }
    }

    /** How many were told sold out of a drop so far, as the server counts them; 0 for a server that does not. */
    double soldOut(final Server server, final String drop) throws IOException, InterruptedException {
        if (server.management().isEmpty()) {
            return 0;
        }
        final String metrics = metrics(server);
        final Matcher matcher = Pattern.compile("(?m)^holdfast_holds_total\\{drop=\"" + Pattern.quote(drop)
                        + "\",verdict=\"sold-out\"} (\\S+)$")
                .matcher(metrics);
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
    }

    /** What a server that has a management port counts, as Prometheus reads it. */
    String metrics(final Server server) throws IOException, InterruptedException {
        return new String(get(server.management().orElseThrow().resolve("/metrics")), StandardCharsets.UTF_8);
    }

    /** How many records each follower is behind; empty for a server that has none. */
    Map<String, Long> lag(final Server server) throws IOException, InterruptedException {
        if (server.management().isEmpty()) {
            return Map.of();
        }
        return lag(get(server.management().get().resolve("/status")));
    }

    private byte[] get(final URI page) throws IOException, InterruptedException {
        final HttpResponse<byte[]> answer = http.send(
                HttpRequest.newBuilder(page).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != OK) {
            throw new IOException(page + " was answered with " + answer.statusCode());
        }
        return answer.body();
    }

    static Map<String, Long> lag(final byte[] status) {
        final Map<String, Long> records = new TreeMap<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), status)) {
            String follower = "";
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.START_OBJECT && parser.currentName() != null) {
                    follower = parser.currentName();
                } else if ("lagRecords".equals(parser.currentName())
                        && parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                    records.put(follower, parser.getLongValue());
                }
            }
        }
        return records;
    }

    /**
     * Waits until no follower is behind.
     *
     * @return seconds that it took
     * @throws IOException when one still is after the time-out: whatever is measured next would be slowed down by it
     */
    double awaitCaughtUp(final Server server, final Duration timeout) throws IOException, InterruptedException {
        final long startNs = System.nanoTime();
        for (Map<String, Long> behind = behind(server); !behind.isEmpty(); behind = behind(server)) {
            if (System.nanoTime() - startNs > timeout.toNanos()) {
                throw new IOException(
                        "followers are still behind after " + timeout.toSeconds() + " s, records: " + behind);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        return (System.nanoTime() - startNs) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    private Map<String, Long> behind(final Server server) throws IOException, InterruptedException {
        final Map<String, Long> records = new TreeMap<>(lag(server));
        records.values().removeIf(count -> count == 0);
        return records;
    }
}
