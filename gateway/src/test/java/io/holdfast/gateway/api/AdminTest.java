package io.holdfast.gateway.api;

import static io.holdfast.gateway.api.EdgeFixture.ADMIN_KEY;
import static io.holdfast.gateway.api.EdgeFixture.API_KEY;
import static io.holdfast.gateway.api.HoldsTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What operators ask for beside the order of commands: answered late, seldom or never, it is in nobody's way. */
class AdminTest extends ClientFixture {
    private static final String SNAPSHOT = "/v1/admin/snapshot";
    private static final String LETTERS = "/v1/admin/dead-letters";
    private static final String MADE = "{\"sequence\":4711,\"position\":81920,\"time\":\"2026-11-18T11:06:40.123Z\","
            + "\"stateHash\":\"0000000000abcdef\"}";

    private static AdminDesk.DeadLetter letter(final long place, final String lastError, final String message) {
        return new AdminDesk.DeadLetter(
                place, "msg_" + place, "order.paid", 9, lastError, 1_795_000_000_000L, 1_795_000_060_000L, message);
    }

    @Test
    void shouldTellOfTheSnapshotWhenItIsMade() throws IOException {
        server.desk.keepBack();
        client.send(HttpConnection.text("POST", SNAPSHOT, ADMIN_KEY, null));
        await().until(() -> server.desk.kept.size() == 1);

        server.desk.release();

        final HttpConnection.Response made = client.read();
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.body()).isEqualTo(MADE);
        assertThat(client.post(SNAPSHOT, ADMIN_KEY, "{}").body()).isEqualTo(MADE);
    }

    @Test
    void shouldShowTheDeadLettersInPages() throws IOException {
        final String message = "{\"type\":\"order.paid\",\"data\":{\"hold\":\"é\"}}";
        server.desk.letters(
                List.of(letter(3, "503 from \"there\"", message), letter(7, null, "{}"), letter(9, null, "{}")));

        final HttpConnection.Response page = client.get(LETTERS + "?limit=2", ADMIN_KEY);
        final HttpConnection.Response rest = client.get(LETTERS + "?after=" + page.member("next"), ADMIN_KEY);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .startsWith("{\"deadLetters\":[{\"id\":\"msg_3\",\"type\":\"order.paid\",\"attempts\":9,"
                        + "\"lastError\":\"503 from \\\"there\\\"\",\"createdAt\":\"2026-11-18T11:06:40.000Z\","
                        + "\"failedAt\":\"2026-11-18T11:07:40.000Z\",\"data\":" + message + "},{\"id\":\"msg_7\"")
                .endsWith("\"lastError\":null,\"createdAt\":\"2026-11-18T11:06:40.000Z\","
                        + "\"failedAt\":\"2026-11-18T11:07:40.000Z\",\"data\":{}}],\"next\":7}");
        assertThat(rest.body())
                .startsWith("{\"deadLetters\":[{\"id\":\"msg_9\"")
                .endsWith("],\"next\":null}");
        assertThat(client.get(LETTERS + "?after=9", ADMIN_KEY).body()).isEqualTo("{\"deadLetters\":[],\"next\":null}");
    }

    @Test
    void shouldEndThePageWhenTheMessagesAreLong() throws IOException {
        final List<AdminDesk.DeadLetter> letters = new ArrayList<>();
        for (int place = 1; place <= 10; place++) {
            letters.add(letter(place, null, "{\"x\":\"" + "x".repeat(300_000) + "\"}"));
        }
        server.desk.letters(letters);

        final List<String> next = new ArrayList<>();
        for (String after = "0"; !"null".equals(after); after = next.get(next.size() - 1)) {
            next.add(client.get(LETTERS + "?after=" + after, ADMIN_KEY)
                    .body()
                    .replaceAll("(?s).*\"next\":(\\w+)}$", "$1"));
        }

        assertThat(next).containsExactly("4", "8", "null");
    }

    @Test
    void shouldRefuseOthersAndOtherWays() throws IOException {
        assertProblem(client.post(SNAPSHOT, null, null), 401, "unauthorized");
        assertProblem(client.post(SNAPSHOT, API_KEY, null), 403, "forbidden");
        assertProblem(client.post(SNAPSHOT, ADMIN_KEY, "{\"name\":1}"), 400, "invalid-request");
        assertProblem(client.get(LETTERS, null), 401, "unauthorized");
        assertProblem(client.get(LETTERS, API_KEY), 403, "forbidden");
        for (final String query :
                new String[] {"limit=0", "limit=1001", "after=-1", "status=DEAD", "after=1&after=2"}) {
            final HttpConnection.Response refused = client.get(LETTERS + '?' + query, ADMIN_KEY);
            assertProblem(refused, 400, "invalid-request");
            assertThat(refused.member("field")).isEqualTo(query.substring(0, query.indexOf('=')));
        }
        final HttpConnection.Response other = client.get(SNAPSHOT, ADMIN_KEY);
        assertProblem(other, 405, "method-not-allowed");
        assertThat(other.field("Allow")).isEqualTo("POST, OPTIONS");
        assertThat(client.post(LETTERS, ADMIN_KEY, null).field("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        assertProblem(client.post("/v1/admin", ADMIN_KEY, null), 404, "not-found");
        assertProblem(client.post(SNAPSHOT + "s", ADMIN_KEY, null), 404, "not-found");
    }

    @Test
    void shouldSayLaterWhenTheDeskCannot() throws IOException {
        server.desk.failWith(new IllegalStateException("the disk is full: /secret/place"));

        for (final HttpConnection.Response refused :
                List.of(client.post(SNAPSHOT, ADMIN_KEY, null), client.get(LETTERS, ADMIN_KEY))) {
            assertProblem(refused, 503, "unavailable");
            assertThat(Integer.parseInt(refused.field("Retry-After"))).isPositive();
            assertThat(refused.body()).doesNotContain("secret");
        }
        assertThat(server.error.get()).isNull();
    }

    @Test
    void shouldTellTheProcessWhenMemoryIsOut() throws IOException {
        server.desk.throwing(new OutOfMemoryError("a fault for the test"));

        assertProblem(client.post(SNAPSHOT, ADMIN_KEY, null), 500, "internal");

        assertThat(server.error.get()).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void shouldTellTheProcessWhenTheDeskHadNoMemory() throws IOException {
        server.desk.keepBack();
        client.send(HttpConnection.text("POST", SNAPSHOT, ADMIN_KEY, null));
        await().until(() -> server.desk.kept.size() == 1);

        server.desk.kept.get(0).completeExceptionally(new OutOfMemoryError("a fault for the test"));

        assertProblem(client.read(), 500, "internal");
        assertThat(server.error.get()).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void shouldSayLaterWhenTheDeskIsTooSlowAndAnswerNothingTwice() throws IOException {
        try (EdgeFixture hasty = new EdgeFixture(EdgeFixture.Setting.DEFAULT.withDeskDeadlineMs(50));
                HttpConnection hurried = hasty.connect()) {
            hasty.desk.keepBack();

            final HttpConnection.Response late = hurried.post(SNAPSHOT, ADMIN_KEY, null);
            assertProblem(late, 503, "unavailable");
            assertThat(Integer.parseInt(late.field("Retry-After"))).isPositive();

            hasty.desk.release();
            assertThat(hurried.get("/nothing", null).status()).isEqualTo(404);
            assertThat(hurried.post(SNAPSHOT, ADMIN_KEY, null).body()).isEqualTo(MADE);
        }
    }

    @Test
    void shouldAskForNoMoreThanAFewAtATime() throws IOException {
        // given as many as may wait
        server.createDrop("d", 10);
        server.desk.keepBack();
        final List<HttpConnection> waiting = new ArrayList<>();
        for (int i = 0; i < DeskCalls.IN_FLIGHT_MAX; i++) {
            waiting.add(server.connect().send(HttpConnection.text("POST", SNAPSHOT, ADMIN_KEY, null)));
        }
        await().until(() -> server.desk.kept.size() == DeskCalls.IN_FLIGHT_MAX);

        // then one more is refused, and everything else goes on
        final HttpConnection.Response refused = client.get(LETTERS, ADMIN_KEY);
        assertProblem(refused, 503, "overloaded");
        assertThat(refused.field("Retry-After")).isEqualTo("1");
        assertThat(client.get("/v1/drops/d", API_KEY).status()).isEqualTo(200);

        // when they are answered, there is room again
        server.desk.release();
        for (final HttpConnection each : waiting) {
            assertThat(each.read().status()).isEqualTo(200);
            each.close();
        }
        assertThat(client.get(LETTERS, ADMIN_KEY).status()).isEqualTo(200);
    }

    @Test
    void shouldCountWhatTheDeskStillDoesThoughNobodyWaitsForIt() throws IOException {
        try (EdgeFixture hasty = new EdgeFixture(EdgeFixture.Setting.DEFAULT.withDeskDeadlineMs(20));
                HttpConnection hurried = hasty.connect()) {
            hasty.desk.keepBack();
            for (int i = 0; i < DeskCalls.IN_FLIGHT_MAX; i++) {
                assertProblem(hurried.post(SNAPSHOT, ADMIN_KEY, null), 503, "unavailable");
            }

            assertProblem(hurried.post(SNAPSHOT, ADMIN_KEY, null), 503, "overloaded");
            assertThat(hasty.desk.kept).hasSize(DeskCalls.IN_FLIGHT_MAX);

            // then there is room again, once the event loop has come by
            hasty.desk.release();
            await().pollInSameThread()
                    .until(() -> hurried.post(SNAPSHOT, ADMIN_KEY, null).status() == 200);
        }
    }

    @Test
    void shouldGoOnWhenTheClientIsGoneBeforeTheAnswer() throws IOException {
        server.desk.keepBack();
        final HttpConnection gone = server.connect();
        gone.send(HttpConnection.text("POST", SNAPSHOT, ADMIN_KEY, null));
        await().until(() -> server.desk.kept.size() == 1);
        gone.socket().setSoLinger(true, 0);
        gone.close();
        assertThat(client.get("/nothing", null).status()).isEqualTo(404);
        await().until(() -> server.edge.openConnections() == 1);

        server.desk.release();

        assertThat(client.post(SNAPSHOT, ADMIN_KEY, null).body()).isEqualTo(MADE);
        assertThat(server.error.get()).isNull();
    }

    @Test
    void shouldLeaveTheNextRequestUnreadUntilTheDeskHasAnswered() throws IOException {
        server.desk.keepBack();
        final String asked = HttpConnection.text("POST", SNAPSHOT, ADMIN_KEY, null);
        client.send(asked + asked);
        await().until(() -> server.desk.kept.size() == 1);
        try (HttpConnection other = server.connect()) {
            other.get("/nothing", null);
        }
        assertThat(server.desk.kept).hasSize(1);

        server.desk.release();

        assertThat(client.read().status()).isEqualTo(200);
        assertThat(client.read().status()).isEqualTo(200);
    }

    @Test
    void shouldWaitForTheDeskWhenDrained() throws Exception {
        server.desk.keepBack();
        client.send(HttpConnection.text("POST", SNAPSHOT, ADMIN_KEY, null));
        await().until(() -> server.desk.kept.size() == 1);
        assertThat(server.edge.drain(java.time.Duration.ofMillis(50))).isFalse();
        final Thread drain = new Thread(() -> server.edge.drain(java.time.Duration.ofSeconds(5)));
        drain.start();

        server.desk.release();

        final HttpConnection.Response last = client.read();
        assertThat(last.body()).isEqualTo(MADE);
        assertThat(last.isClose()).isTrue();
        drain.join(5_000);
        assertThat(drain.isAlive()).isFalse();
    }

    @Test
    void shouldLetTheDeskAnswerWhenTheEdgeIsClosed() throws IOException {
        server.desk.keepBack();
        client.send(HttpConnection.text("POST", SNAPSHOT, ADMIN_KEY, null));
        await().until(() -> server.desk.kept.size() == 1);
        server.edge.close();

        server.desk.release();

        assertThat(client.isClosed()).isTrue();
        assertThat(server.error.get()).isNull();
    }
}
