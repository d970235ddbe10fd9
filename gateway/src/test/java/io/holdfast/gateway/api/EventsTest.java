package io.holdfast.gateway.api;

import static io.holdfast.gateway.api.EdgeFixture.ADMIN_KEY;
import static io.holdfast.gateway.api.EdgeFixture.API_KEY;
import static io.holdfast.gateway.api.HoldsTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.gateway.EdgeConfig;
import io.holdfast.gateway.access.RawTokens;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Watching a drop: a stream of events over a real socket. */
class EventsTest extends ClientFixture {
    private static final String SHOP = "https://shop.example";
    private static final String HOLD = "{\"buyer\":\"b\",\"items\":[{\"sku\":\"GA\",\"quantity\":1}]}";
    private static final EdgeConfig.Browsers BROWSERS =
            new EdgeConfig.Browsers(Optional.of(RawTokens.SECRET), List.of(SHOP));

    EventsTest() {
        super(EdgeFixture.Setting.DEFAULT.with(BROWSERS));
    }

    @BeforeEach
    void createDrop() throws IOException {
        server.createDrop("d", 100);
    }

    private HttpConnection watch(final String key, final String... fields) throws IOException {
        final HttpConnection watcher = server.connect();
        watcher.send(HttpConnection.text("GET", "/v1/drops/d/events", key, null, fields));
        return watcher;
    }

    private static HttpConnection.Response head(final HttpConnection watcher) throws IOException {
        final HttpConnection.Response head = watcher.read(true);
        assertThat(head.status()).as(head.toString()).isEqualTo(200);
        return head;
    }

    private String id() throws IOException {
        return client.get("/v1/drops/d", API_KEY).member("sequence");
    }

    private void placeHold() throws IOException {
        assertThat(client.post("/v1/drops/d/holds", API_KEY, HOLD).status()).isEqualTo(201);
    }

    private String event() throws IOException {
        final HttpConnection.Response drop = client.get("/v1/drops/d", API_KEY);
        return "id: " + drop.member("sequence") + "\nevent: stock\ndata: " + drop.body() + "\n\n";
    }

    @Test
    void shouldShowTheDropAtOnceAndThenEachTimeItHasChanged() throws IOException {
        try (HttpConnection watcher = watch(null)) {
            final HttpConnection.Response head = head(watcher);
            assertThat(head.field("Content-Type")).isEqualTo("text/event-stream");
            assertThat(head.field("Cache-Control")).isEqualTo("no-store");
            assertThat(head.field("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(head.field("X-Accel-Buffering")).isEqualTo("no");
            assertThat(head.isClose()).isTrue();
            assertThat(head.fields()).doesNotContainKeys("content-length", "access-control-allow-origin");
            assertThat(watcher.readChunk()).isEqualTo(event()).contains("\"available\":100");

            placeHold();
            assertThat(watcher.readChunk()).isEqualTo(event()).contains("\"available\":99");
            client.post("/v1/drops/d/pause", ADMIN_KEY, null);
            assertThat(watcher.readChunk()).isEqualTo(event()).contains("\"status\":\"PAUSED\"");
        }
    }

    @Test
    void shouldComeToTheNewestHoweverMuchHasChanged() throws IOException {
        try (HttpConnection watcher = watch(API_KEY)) {
            head(watcher);
            watcher.readChunk();
            final int changes = 60;
            for (int i = 0; i < changes; i++) {
                placeHold();
            }

            String last = "";
            while (!last.contains("\"available\":" + (100 - changes) + ",")) {
                last = watcher.readChunk();
            }
            assertThat(last).isEqualTo(event());
        }
    }

    @Test
    void shouldGoOnFromTheLastEventSeen() throws IOException {
        try (HttpConnection again = watch(null, "Last-Event-ID: " + id());
                HttpConnection late = watch(null, "Last-Event-ID: 3");
                HttpConnection confused = watch(null, "Last-Event-ID: x")) {
            head(again);
            assertThat(again.readChunk()).isEqualTo(":\n\n");
            for (final HttpConnection other : List.of(late, confused)) {
                head(other);
                assertThat(other.readChunk()).isEqualTo(event());
            }

            placeHold();

            for (final HttpConnection each : List.of(again, late, confused)) {
                assertThat(each.readChunk()).isEqualTo(event());
            }
        }
    }

    @Test
    void shouldRefuseAsALookAtTheDropIsRefused() throws IOException {
        assertProblem(client.get("/v1/drops/nothing/events", null), 404, "unknown-drop");
        assertProblem(client.get("/v1/drops/d/events", "wrong"), 401, "unauthorized");
        assertProblem(client.get("/v1/drops/%20/events", null), 400, "invalid-request");
        assertProblem(client.post("/v1/drops/d/events", API_KEY, "{}"), 405, "method-not-allowed");
        assertProblem(client.get("/v1/drops/d/events/x", null), 404, "not-found");
        final HttpConnection.Response head = client.request("HEAD", "/v1/drops/d/events", null, null);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.field("Content-Type")).isEqualTo("text/event-stream");
        assertThat(head.fields()).doesNotContainKeys("content-length", "transfer-encoding");
        assertThat(client.get("/v1/drops/d", null).status()).isEqualTo(200);
    }

    @Test
    void shouldLetPagesOfTheShopRead() throws IOException {
        try (HttpConnection watcher = watch(null, "Origin: " + SHOP)) {
            assertThat(head(watcher).field("Access-Control-Allow-Origin")).isEqualTo(SHOP);
        }
        final HttpConnection.Response preflight = client.request(
                "OPTIONS",
                "/v1/drops/d/events",
                null,
                null,
                "Origin: " + SHOP,
                "Access-Control-Request-Method: GET",
                "Access-Control-Request-Headers: last-event-id");
        assertThat(preflight.field("Access-Control-Allow-Headers")).contains("Last-Event-ID");
        assertThat(preflight.field("Access-Control-Allow-Methods")).isEqualTo("GET, HEAD");
    }

    @Test
    void shouldShowAPrivateDropToWhoeverMaySeeItUntilTheTokenExpires() throws IOException {
        try (EdgeFixture closed = new EdgeFixture(
                        EdgeFixture.Setting.DEFAULT.with(BROWSERS).withPrivateStock());
                HttpConnection operator = closed.connect();
                HttpConnection keyed = closed.connect();
                HttpConnection bearer = closed.connect()) {
            closed.createDrop("d", 1);
            final long end = closed.sequencer.timeMs() / 1_000 + 60;
            assertProblem(operator.get("/v1/drops/d/events", null), 401, "unauthorized");
            assertProblem(operator.get("/v1/drops/d/events", RawTokens.of("b", "x", end)), 403, "forbidden");
            keyed.send(HttpConnection.text("GET", "/v1/drops/d/events", API_KEY, null));
            bearer.send(HttpConnection.text("GET", "/v1/drops/d/events", RawTokens.of("b", "d", end), null));
            for (final HttpConnection watcher : List.of(keyed, bearer)) {
                head(watcher);
                assertThat(watcher.readChunk()).startsWith("id: ");
            }

            closed.sequencer.advance(60_000);

            assertThat(bearer.readChunk()).isEmpty();
            assertThat(bearer.isClosed()).isTrue();
            assertThat(operator.post("/v1/drops/d/pause", ADMIN_KEY, null).status())
                    .isEqualTo(200);
            assertThat(keyed.readChunk()).contains("PAUSED");
        }
    }

    @Test
    void shouldEndWhenTheDropIsArchived() throws IOException {
        try (HttpConnection watcher = watch(null)) {
            head(watcher);
            watcher.readChunk();
            client.post("/v1/drops/d/close", ADMIN_KEY, null);
            assertThat(watcher.readChunk()).contains("CLOSED");

            assertThat(client.post("/v1/drops/d/archive", ADMIN_KEY, null).status())
                    .isEqualTo(200);

            assertThat(watcher.readChunk()).isEmpty();
            assertThat(watcher.isClosed()).isTrue();
        }
    }

    @Test
    void shouldEndInOrderWhenTheServerDrains() throws IOException {
        try (HttpConnection watcher = watch(null)) {
            head(watcher);
            watcher.readChunk();

            assertThat(server.edge.drain(Duration.ofMinutes(1))).isTrue();

            assertThat(watcher.readChunk()).isEmpty();
            assertThat(watcher.isClosed()).isTrue();
        }
    }

    @Test
    void shouldLetGoOfWhoeverHasGone() throws IOException {
        final HttpConnection gone = watch(null);
        final HttpConnection halfGone = watch(null);
        final HttpConnection reset = watch(null);
        for (final HttpConnection watcher : List.of(gone, halfGone, reset)) {
            head(watcher);
            watcher.readChunk();
        }
        assertThat(server.registry.scrape()).contains("holdfast_event_streams 3.0");

        gone.close();
        halfGone.socket().shutdownOutput();
        reset.socket().setSoLinger(true, 0);
        reset.close();

        await().until(() -> server.registry.scrape().contains("holdfast_event_streams 0.0"));
        assertThat(halfGone.isClosed()).isTrue();
        halfGone.close();
        await().until(() -> server.edge.openConnections() == 1);
    }

    @Test
    void shouldKeepHalfOfTheConnectionsForThoseWhoAsk() throws IOException {
        try (EdgeFixture small = new EdgeFixture(EdgeFixture.Setting.DEFAULT.with(new EdgeConfig.Limits(6, 0, 0, 1)));
                HttpConnection first = small.connect();
                HttpConnection second = small.connect();
                HttpConnection third = small.connect();
                HttpConnection caller = small.connect()) {
            small.createDrop("d", 1);
            for (final HttpConnection watcher : List.of(first, second, third)) {
                watcher.send(HttpConnection.text("GET", "/v1/drops/d/events", null, null));
                head(watcher);
                watcher.readChunk();
            }

            final HttpConnection.Response refused = caller.get("/v1/drops/d/events", null);

            assertProblem(refused, 503, "overloaded");
            assertThat(refused.field("Retry-After")).isEqualTo("5");
            assertThat(caller.get("/v1/drops/d", null).status()).isEqualTo(200);
        }
    }

    @Test
    void shouldReadNothingMoreOnAConnectionThatIsAStream() throws IOException {
        try (HttpConnection watcher = server.connect()) {
            watcher.send(HttpConnection.text("GET", "/v1/drops/d/events", null, null)
                    + HttpConnection.text("POST", "/v1/drops/d/holds", API_KEY, HOLD));
            head(watcher);
            watcher.readChunk();

            placeHold();

            assertThat(watcher.readChunk()).contains("\"held\":1,");
            assertThat(server.sequencer.liveHolds()).isEqualTo(1);
        }
    }

    @Test
    void shouldCountTowardsTheAddressWhoHasNoKey() throws IOException {
        try (EdgeFixture slow = new EdgeFixture(EdgeFixture.Setting.DEFAULT.with(new EdgeConfig.Limits(100, 0, 1, 1)));
                HttpConnection caller = slow.connect()) {
            slow.createDrop("d", 1);
            caller.request("HEAD", "/v1/drops/d/events", null, null);
            caller.request("HEAD", "/v1/drops/d/events", null, null);

            assertProblem(caller.get("/v1/drops/d/events", null), 429, "rate-limited");
            assertThat(caller.request("HEAD", "/v1/drops/d/events", API_KEY, null)
                            .status())
                    .isEqualTo(200);
        }
    }
}
