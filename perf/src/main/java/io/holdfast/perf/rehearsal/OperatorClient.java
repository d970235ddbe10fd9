package io.holdfast.perf.rehearsal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Asks as an operator does, one request after the other. */
final class OperatorClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int PAGE_LENGTH = 1_000;
    private static final int PAGES_MAX = 100_000;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int OVERLOADED = 503;
    private static final int ATTEMPTS = 20;
    private static final Duration REST = Duration.ofMillis(500);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final String url;
    private final String adminKey;

    OperatorClient(final String url, final String adminKey) {
        this.url = url;
        this.adminKey = adminKey;
    }

    /** An answer: status and the object that it says. */
    record Reply(int status, Map<String, Object> fields) {
        String problem() {
            return fields.get("code") instanceof String code ? code : "";
        }
    }

    Reply get(final String path) throws RehearsalRefusedException, InterruptedException {
        return ask("GET", path, "", adminKey);
    }

    Reply put(final String path, final String body) throws RehearsalRefusedException, InterruptedException {
        return ask("PUT", path, body, adminKey);
    }

    Reply post(final String path) throws RehearsalRefusedException, InterruptedException {
        return ask("POST", path, "", adminKey);
    }

    /** Asks with another key than the operator's. */
    Reply ask(final String method, final String path, final String body, final String key)
            throws RehearsalRefusedException, InterruptedException {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + key)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        for (int attempt = 1; ; attempt++) {
            final Reply reply = once(request.build());
            if (reply.status() == UNAUTHORIZED || reply.status() == FORBIDDEN) {
                throw new RehearsalRefusedException(
                        method + " " + path + " was answered " + reply.status() + " " + reply.problem()
                                + ": a key is wrong; next step: give the server's own --api-key and --admin-key");
            }
            if (reply.status() != OVERLOADED || attempt == ATTEMPTS) {
                return reply;
            }
            Thread.sleep(REST.toMillis());
        }
    }

    private Reply once(final HttpRequest request) throws RehearsalRefusedException, InterruptedException {
        try {
            final HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            final String body = response.body();
            return new Reply(response.statusCode(), body.isEmpty() ? Map.of() : JsonReading.object(body));
        } catch (final IOException | IllegalArgumentException e) {
            throw new RehearsalRefusedException(
                    request.method() + " " + request.uri() + " failed: " + e.getMessage()
                            + "; next step: see whether the server is there",
                    e);
        }
    }

    /** All entries of a list, page by page. */
    <T> List<T> list(final String path, final String name, final Function<Map<String, Object>, T> reading)
            throws RehearsalRefusedException, InterruptedException {
        final List<T> all = new ArrayList<>();
        final String begin = path + (path.contains("?") ? "&" : "?") + "limit=" + PAGE_LENGTH;
        Object next = null;
        for (int page = 0; page < PAGES_MAX; page++) {
            final String from = next == null ? begin : begin + "&after=" + next;
            final Reply reply = get(from);
            try {
                JsonReading.objects(reply.fields(), name).forEach(each -> all.add(reading.apply(each)));
            } catch (final IllegalArgumentException e) {
                throw new RehearsalRefusedException(
                        "GET " + from + " was answered " + reply.status() + ": " + e.getMessage(), e);
            }
            next = reply.fields().get("next");
            if (next == null) {
                return all;
            }
        }
        throw new RehearsalRefusedException("GET " + path + " has more than " + PAGES_MAX + " pages");
    }
}
