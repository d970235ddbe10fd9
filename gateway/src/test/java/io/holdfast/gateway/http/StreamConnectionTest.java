package io.holdfast.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.gateway.EdgeConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a connection that is a stream of events when somebody does not play along. */
class StreamConnectionTest {
    private static final byte[] SMALL = "data: s\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HUGE = new byte[8 << 20];
    private static final Duration WITHIN = Duration.ofSeconds(60);

    /** Which gives up on who takes nothing after thirty seconds; the deadline here is of half a second. */
    private static final Duration BEFORE_THE_KERNEL = Duration.ofSeconds(25);

    private static final EdgeConfig.Deadlines SHORT = new EdgeConfig.Deadlines(
            Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMillis(500), Duration.ofSeconds(30));

    private final List<Integer> statuses = new CopyOnWriteArrayList<>();

    /** Of the one event loop. */
    private final Queue<Call> waiting = new ArrayDeque<>();

    private volatile byte[] newest = SMALL;
    private volatile boolean broken;
    private Executor loop;
    private HttpListener listener;
    private InetSocketAddress address;

    @BeforeEach
    void start() throws IOException {
        start(EdgeConfig.Deadlines.DEFAULT);
    }

    private void start(final EdgeConfig.Deadlines deadlines) throws IOException {
        listener = PlainListener.perLoop(
                eventLoop -> {
                    loop = eventLoop;
                    return new Handler();
                },
                error -> {},
                deadlines);
        address = listener.start();
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    /** A target of /later waits for the test to answer it, /huge is an answer that stalls, everything else a stream. */
    private final class Handler implements CallHandler {
        @Override
        public void onCall(final Call call) {
            if (call.target().equals("/later")) {
                waiting.add(call);
            } else if (call.target().equals("/huge")) {
                final Reply reply = call.reply().begin(200, ContentType.NONE);
                reply.body().raw(HUGE);
                call.send(reply);
            } else {
                assertThat(call.stream(call.reply().begin(200, ContentType.EVENTS), this::feed, null))
                        .isTrue();
            }
        }

        private byte[] feed() {
            if (broken) {
                throw new IllegalStateException("a fault for the test");
            }
            return newest;
        }

        @Override
        public void onSent(final int route, final int status, final long elapsedNs) {
            statuses.add(status);
        }
    }

    private Socket ask(final String... targets) throws IOException {
        final Socket client = new Socket();
        client.setReceiveBufferSize(4_096);
        client.setSoTimeout((int) WITHIN.toMillis());
        client.connect(address);
        for (final String target : targets) {
            client.getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        return client;
    }

    /** All that comes before the connection ends, however it does. */
    private static String readAll(final Socket client) throws IOException {
        final StringBuilder all = new StringBuilder();
        final byte[] bytes = new byte[64 * 1024];
        try {
            for (int count = client.getInputStream().read(bytes);
                    count >= 0;
                    count = client.getInputStream().read(bytes)) {
                all.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (final SocketException e) {
            all.append("reset");
        }
        return all.toString();
    }

    private void awaitNobody() {
        awaitNobody(WITHIN);
    }

    private void awaitNobody(final Duration within) {
        await().atMost(within).until(() -> listener.openCount() == 0);
    }

    @Test
    void shouldCutOffWhoDoesNotReadTheFirstEvent() throws IOException {
        stop();
        start(SHORT);
        newest = HUGE;
        try (Socket client = ask("/events")) {
            await().atMost(WITHIN).until(() -> !statuses.isEmpty());
            awaitNobody(BEFORE_THE_KERNEL);
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void shouldCutOffWhoDoesNotReadALaterOne() throws IOException {
        stop();
        start(SHORT);
        try (Socket client = ask("/events")) {
            assertThat(client.getInputStream().read()).isEqualTo('H');
            newest = HUGE;
            awaitNobody(BEFORE_THE_KERNEL);
        }
    }

    @Test
    void shouldGoOnWithWhoReadsAfterAll() throws IOException {
        newest = new byte[200 * 1024];
        try (Socket client = ask("/events")) {
            client.getInputStream().readNBytes(newest.length);
            newest = SMALL;
            final StringBuilder heard = new StringBuilder();
            while (heard.indexOf("data: s") < 0) {
                heard.append((char) client.getInputStream().read());
            }
        }
    }

    @Test
    void shouldCloseWithoutASecondAnswerWhenTheFeedFailsAtOnce() throws IOException {
        broken = true;
        try (Socket client = ask("/events")) {
            assertThat(readAll(client)).doesNotContain("500");
        }
        assertThat(statuses).containsExactly(200);
        awaitNobody();
    }

    @Test
    void shouldCloseWhenTheFeedFailsLater() throws IOException {
        try (Socket client = ask("/events")) {
            assertThat(client.getInputStream().read()).isEqualTo('H');
            broken = true;
            assertThat(readAll(client)).contains("data: s").doesNotContain("500");
        }
        awaitNobody();
    }

    @Test
    void shouldEndAtOnceWhenTheClientHasClosedItsSideBefore() throws Exception {
        try (Socket client = ask("/later", "/events")) {
            client.shutdownOutput();
            await().atMost(WITHIN).until(this::isWaiting);
            answer();

            assertThat(readAll(client)).contains("HTTP/1.1 204", "data: s").endsWith("\r\n0\r\n\r\n");
        }
        awaitNobody();
    }

    @Test
    void shouldEndAtOnceWhenItBeginsWhileTheServerDrains() throws Exception {
        try (Socket client = ask("/huge", "/events")) {
            await().atMost(WITHIN).until(() -> !statuses.isEmpty());
            assertThat(listener.drain(Duration.ZERO)).isFalse();

            assertThat(readAll(client)).contains("data: s").endsWith("\r\n0\r\n\r\n");
        }
        assertThat(listener.drain(WITHIN)).isTrue();
        assertThat(statuses).containsExactly(200, 200);
    }

    private boolean isWaiting() throws Exception {
        final FutureTask<Boolean> asked = new FutureTask<>(() -> !waiting.isEmpty());
        loop.execute(asked);
        return asked.get();
    }

    private void answer() {
        loop.execute(() -> {
            final Call call = waiting.remove();
            call.send(call.reply().begin(204, ContentType.NONE));
        });
    }
}
