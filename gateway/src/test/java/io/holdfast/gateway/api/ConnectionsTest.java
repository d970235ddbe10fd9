package io.holdfast.gateway.api;

import static io.holdfast.gateway.api.EdgeFixture.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.gateway.EdgeConfig;
import io.holdfast.gateway.sequencer.Submission;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private static final String HOLD = "{\"buyer\":\"b\",\"items\":[{\"sku\":\"GA\",\"quantity\":1}]}";
    private static final String PLACE = HttpConnection.text("POST", "/v1/drops/d/holds", API_KEY, HOLD);
    private static final EdgeFixture.Setting SHORT = EdgeFixture.Setting.DEFAULT.withDeadlinesMs(200, 200, 400);

    @Test
    void shouldAnswerInOrderWhenRequestsArePipelined() throws IOException {
        try (EdgeFixture server = new EdgeFixture();
                HttpConnection client = server.connect()) {
            server.createDrop("d", 100);
            final StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                requests.append(PLACE.replace("\"b\"", "\"" + (char) ('a' + i) + '"'));
                requests.append(HttpConnection.text("GET", "/nothing/" + i, null, null));
            }

            client.send(requests.toString());

            for (int i = 0; i < 20; i++) {
                assertThat(client.read().member("buyer")).isEqualTo(Character.toString((char) ('a' + i)));
                assertThat(client.read().status()).isEqualTo(404);
            }
        }
    }

    @Test
    void shouldLeaveTheSecondRequestUnreadWhenTheFirstIsInWork() throws IOException {
        try (EdgeFixture server = new EdgeFixture();
                HttpConnection client = server.connect()) {
            server.createDrop("d", 100);
            server.sequencer.keepBack();

            client.send(PLACE + PLACE);
            await().until(() -> server.sequencer.keptBack() == 1);
            final int flushes = server.sequencer.flushes();
            client.send(PLACE);
            try (HttpConnection other = server.connect()) {
                other.get("/nothing", null);
            }

            assertThat(server.sequencer.keptBack()).isEqualTo(1);
            assertThat(server.sequencer.flushes()).isEqualTo(flushes);
            server.sequencer.release(true);
            for (int i = 0; i < 3; i++) {
                assertThat(client.read().status()).isEqualTo(201);
            }
        }
    }

    @Test
    void shouldAnswerWhatWasAskedWhenTheClientClosesItsSide() throws IOException {
        try (EdgeFixture server = new EdgeFixture();
                HttpConnection client = server.connect()) {
            server.createDrop("d", 100);
            server.sequencer.keepBack();
            client.send(PLACE + PLACE + "GET /v1");
            client.socket().shutdownOutput();
            await().until(() -> server.sequencer.keptBack() == 1);

            server.sequencer.release(true);

            assertThat(client.read().status()).isEqualTo(201);
            assertThat(client.read().status()).isEqualTo(201);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void shouldKeepTheHoldWhenTheClientIsGoneBeforeTheAnswer() throws IOException {
        try (EdgeFixture server = new EdgeFixture()) {
            server.createDrop("d", 100);
            server.sequencer.keepBack();
            final HttpConnection gone = server.connect();
            gone.send(PLACE);
            await().until(() -> server.sequencer.keptBack() == 1);
            gone.socket().setSoLinger(true, 0);
            gone.close();
            await().until(() -> server.edge.openConnections() == 0);

            server.sequencer.release(true);

            try (HttpConnection client = server.connect()) {
                assertThat(client.get("/v1/drops/d", API_KEY).body()).contains("\"held\":1");
                assertThat(client.send(PLACE).read().status()).isEqualTo(201);
            }
        }
    }

    @Test
    void shouldCutOffWhenTheHeaderDribbles() throws Exception {
        try (EdgeFixture server = new EdgeFixture(SHORT);
                HttpConnection client = server.connect()) {
            assertThat(dribble(client, "GET /v1/drops HTTP/1.1\r\nX: " + "y".repeat(1_000)))
                    .isTrue();
        }
    }

    @Test
    void shouldCutOffWhenTheBodyDribbles() throws Exception {
        try (EdgeFixture server = new EdgeFixture(SHORT);
                HttpConnection client = server.connect()) {
            client.send("POST /v1/payments HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\n\r\n");

            assertThat(dribble(client, "y".repeat(1_000))).isTrue();
        }
    }

    /**
     * Sends a byte every few milliseconds, and says whether it was answered 408 and cut before it was
     * through.
     */
    private static boolean dribble(final HttpConnection client, final String text) throws IOException {
        final long startNs = System.nanoTime();
        int sent = 0;
        client.socket().setSoTimeout(5);
        while (sent < text.length()
                && System.nanoTime() - startNs < Duration.ofSeconds(5).toNanos()) {
            try {
                client.send(text.substring(sent, sent + 1));
                sent++;
                final HttpConnection.Response cut = client.read();
                HoldsTest.assertProblem(cut, 408, "request-timeout");
                return client.isClosed();
            } catch (final java.net.SocketTimeoutException e) {
                // Not answered yet: the pause between two bytes.
            }
        }
        return false;
    }

    @Test
    void shouldCloseSilentlyWhenIdle() throws IOException {
        try (EdgeFixture server = new EdgeFixture(SHORT);
                HttpConnection silent = server.connect();
                HttpConnection client = server.connect()) {
            assertThat(client.get("/nothing", null).status()).isEqualTo(404);

            assertThat(silent.isClosed()).isTrue();
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void shouldBoundItsBufferAndCloseWhenTheClientDoesNotRead() throws Exception {
        try (EdgeFixture server = new EdgeFixture(SHORT);
                HttpConnection operator = server.connect();
                Socket slow = new Socket()) {
            final StringBuilder skus = new StringBuilder();
            for (int i = 0; i < 300; i++) {
                skus.append(i == 0 ? "" : ",").append("{\"sku\":\"s").append(i).append("\",\"capacity\":1}");
            }
            operator.put("/v1/drops/big", EdgeFixture.ADMIN_KEY, "{\"skus\":[" + skus + "]}");
            slow.setReceiveBufferSize(4096);
            slow.connect(server.address());
            final byte[] asked = HttpConnection.text("GET", "/v1/drops/big", API_KEY, null)
                    .repeat(100)
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            final Thread writer = new Thread(() -> {
                try {
                    for (int i = 0; i < 1_000; i++) {
                        slow.getOutputStream().write(asked);
                    }
                } catch (final IOException e) {
                    // The server has closed, as it should.
                }
            });
            writer.start();

            await().atMost(Duration.ofSeconds(10)).until(() -> !writer.isAlive());
            await().until(() -> server.edge.openConnections() <= 1);
        }
    }

    @Test
    void shouldRefuseAtOnceWhenTheSequencerHasNoRoom() throws IOException {
        try (EdgeFixture server = new EdgeFixture();
                HttpConnection client = server.connect()) {
            for (final Submission verdict :
                    List.of(Submission.OVERLOADED, Submission.JOURNAL_FULL, Submission.UNAVAILABLE)) {
                server.sequencer.say(verdict);
                final HttpConnection.Response refused = client.send(PLACE).read();
                final String code = switch (verdict) {
                    case OVERLOADED -> "overloaded";
                    case JOURNAL_FULL -> "journal-full";
                    default -> "shutting-down";
                };
                HoldsTest.assertProblem(refused, 503, code);
                assertThat(Integer.parseInt(refused.field("Retry-After"))).isPositive();
            }
        }
    }

    @Test
    void shouldSayThatTheOutcomeIsUnknownWhenTheSequencerStopped() throws IOException {
        try (EdgeFixture server = new EdgeFixture();
                HttpConnection client = server.connect()) {
            server.createDrop("d", 1);
            server.sequencer.keepBack();
            client.send(PLACE);
            await().until(() -> server.sequencer.keptBack() == 1);

            server.sequencer.release(false);

            HoldsTest.assertProblem(client.read(), 503, "shutting-down");
        }
    }

    @Test
    void shouldAnswerWhatIsInWorkAndCloseWhenDrained() throws Exception {
        try (EdgeFixture server = new EdgeFixture();
                HttpConnection idle = server.connect();
                HttpConnection busy = server.connect()) {
            server.createDrop("d", 1);
            idle.get("/nothing", null);
            server.sequencer.keepBack();
            busy.send(PLACE);
            await().until(() -> server.sequencer.keptBack() == 1);
            final Thread drain = new Thread(() -> server.edge.drain(Duration.ofSeconds(5)));

            drain.start();

            assertThat(idle.isClosed()).isTrue();
            server.sequencer.release(true);
            final HttpConnection.Response last = busy.read();
            assertThat(last.status()).isEqualTo(201);
            assertThat(last.isClose()).isTrue();
            assertThat(busy.isClosed()).isTrue();
            drain.join(5_000);
            assertThat(drain.isAlive()).isFalse();
        }
    }

    @Test
    void shouldRefuseWhatIsHalfSaidWhenDrained() throws Exception {
        try (EdgeFixture server = new EdgeFixture();
                HttpConnection halfHead = server.connect();
                HttpConnection halfBody = server.connect()) {
            halfHead.send("GET /v1/dro");
            halfBody.send(
                    "POST /v1/payments HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n" + "Content-Length: 10\r\n\r\n");
            assertThat(halfBody.read().status()).isEqualTo(100);
            final Thread drain = new Thread(() -> server.edge.drain(Duration.ofSeconds(5)));

            drain.start();

            HoldsTest.assertProblem(halfBody.read(), 503, "shutting-down");
            HoldsTest.assertProblem(halfHead.read(), 503, "shutting-down");
            halfHead.socket().close();
            halfBody.socket().close();
            drain.join(5_000);
            assertThat(drain.isAlive()).isFalse();
        }
    }

    @Test
    void shouldServeAllConnectionsWhenThereAreSeveralLoops() throws IOException {
        final EdgeFixture.Setting twoLoops = EdgeFixture.Setting.DEFAULT.with(new EdgeConfig.Limits(100, 0, 0, 2));
        try (EdgeFixture server = new EdgeFixture(twoLoops)) {
            server.createDrop("d", 100);
            for (int i = 0; i < 8; i++) {
                try (HttpConnection client = server.connect()) {
                    assertThat(client.send(PLACE).read().status()).isEqualTo(201);
                }
            }
            assertThat(server.sequencer.liveHolds()).isEqualTo(8);
        }
    }

    @Test
    void shouldGiveUpDrainingWhenTheTimeIsUp() throws Exception {
        try (EdgeFixture server = new EdgeFixture();
                HttpConnection busy = server.connect()) {
            server.createDrop("d", 1);
            server.sequencer.keepBack();
            busy.send(PLACE);
            await().until(() -> server.sequencer.keptBack() == 1);

            assertThat(server.edge.drain(Duration.ofMillis(50))).isFalse();
            server.edge.close();

            assertThat(busy.isClosed()).isTrue();
        }
    }

    @Test
    void shouldStopAcceptingAtTheCapAndGoOnWhenOneCloses() throws IOException {
        final EdgeFixture.Setting three = EdgeFixture.Setting.DEFAULT.with(new EdgeConfig.Limits(3, 0, 0, 1));
        try (EdgeFixture server = new EdgeFixture(three)) {
            final List<HttpConnection> clients = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                clients.add(server.connect());
                clients.get(i).get("/nothing", null);
            }
            final HttpConnection waiting = server.connect();
            waiting.send(HttpConnection.text("GET", "/nothing", null, null));
            assertThat(clients.get(0).get("/nothing", null).status()).isEqualTo(404);
            assertThat(server.edge.openConnections()).isEqualTo(3);

            clients.get(0).close();

            assertThat(waiting.read().status()).isEqualTo(404);
            waiting.close();
            for (final HttpConnection client : clients) {
                client.close();
            }
        }
    }

    @Test
    void shouldFlushOnceWhenManySubmitInOnePass() throws Exception {
        try (EdgeFixture server = new EdgeFixture();
                HttpConnection client = server.connect()) {
            server.createDrop("d", 100);
            final int before = server.sequencer.flushes();

            assertThat(client.send(PLACE).read().status()).isEqualTo(201);

            assertThat(server.sequencer.flushes()).isEqualTo(before + 1);
        }
    }

    @Test
    void shouldRefuseToStartWhenThePortIsTaken() throws IOException {
        try (EdgeFixture server = new EdgeFixture()) {
            final EdgeConfig config = new EdgeConfig(
                    new EdgeConfig.Address("127.0.0.1", server.address().getPort()),
                    new EdgeConfig.Address("127.0.0.1", 0),
                    new EdgeConfig.Access("a", "b", List.of("c"), false, EdgeConfig.Browsers.NONE),
                    null,
                    EdgeConfig.Limits.DEFAULT,
                    EdgeConfig.Deadlines.DEFAULT);
            final HttpEdge second = new HttpEdge(
                    config,
                    new HttpEdge.Ports(server.sequencer, server.sequencer, server.desk),
                    new io.micrometer.prometheusmetrics.PrometheusMeterRegistry(
                            io.micrometer.prometheusmetrics.PrometheusConfig.DEFAULT),
                    System::currentTimeMillis,
                    error -> {});

            org.assertj.core.api.Assertions.assertThatThrownBy(second::start)
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketException.class)
                    .hasMessageContaining("127.0.0.1:" + server.address().getPort());
        }
    }
}
