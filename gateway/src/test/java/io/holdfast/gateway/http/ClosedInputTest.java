package io.holdfast.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that closes its sending side gets all that it is owed. */
class ClosedInputTest {
    /** Less than what the server may leave unsent before it waits for the client. */
    private static final int CHUNK = 40_000;

    private static final String LATER = "/later";

    private final AtomicInteger handled = new AtomicInteger();

    /** Of the one event loop. */
    private final Queue<Call> waiting = new ArrayDeque<>();

    private Executor loop;

    private HttpListener listener;
    private InetSocketAddress address;

    @BeforeEach
    void start() throws IOException {
        listener = PlainListener.perLoop(
                eventLoop -> {
                    loop = eventLoop;
                    return this::handle;
                },
                error -> {});
        address = listener.start();
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    /** The target is how many bytes the answer's body shall have, and whether it is for later. */
    private void handle(final Call call) {
        handled.incrementAndGet();
        if (call.target().endsWith(LATER)) {
            waiting.add(call);
        } else {
            answer(call);
        }
    }

    private static void answer(final Call call) {
        final Reply reply = call.reply().begin(200, ContentType.NONE);
        reply.body().raw("y".repeat(Integer.parseInt(call.target().replaceAll("\\D", ""))));
        call.send(reply);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Connection: close\r\n"})
    void shouldSendTheWholeAnswerWhenItHasStalled(final String field) throws IOException {
        final int size = 8 << 20;
        try (Socket client = connect()) {
            ask(client, "" + size, field);
            awaitLoop();
            client.shutdownOutput();
            awaitLoop();

            final String answer = read(client);
            assertThat(answer).startsWith("HTTP/1.1 200 ");
            assertThat(answer.length() - answer.indexOf("\r\n\r\n")).isEqualTo(4 + size);
        }
    }

    /** As a hold's is, which waits for the journal; the socket, of which nothing more was awaited, takes a part of it only. */
    @Test
    void shouldSendTheWholeAnswerWhenItIsMadeAfterTheClientHasClosedItsSide() throws IOException {
        final int size = 8 << 20;
        try (Socket client = connect()) {
            ask(client, size + LATER, "");
            client.shutdownOutput();
            awaitLoop();
            loop.execute(() -> answer(waiting.remove()));
            awaitLoop();

            final String answer = read(client);
            assertThat(answer.length() - answer.indexOf("\r\n\r\n")).isEqualTo(4 + size);
        }
    }

    /** What is left in the last answer but one before the connection stalls is too little for that: it counts as idle. */
    @Test
    void shouldSendTheLastOfManyAnswersWhenALittleOfItIsUnsent() throws IOException {
        final int untilStalled = askUntilStalled();
        for (int count = untilStalled - 2; count < untilStalled; count++) {
            try (Socket client = connect()) {
                for (int i = 0; i < count; i++) {
                    ask(client, "" + CHUNK, "");
                    awaitLoop();
                }
                client.shutdownOutput();
                awaitLoop();

                assertThat(read(client).split("HTTP/1.1 200 ", -1))
                        .hasSize(count + 1)
                        .allSatisfy(answer -> assertThat(answer.isEmpty() || answer.length() > CHUNK)
                                .isTrue());
            }
        }
    }

    /** Returns after how many answers that nobody reads the server takes no further request. */
    private int askUntilStalled() throws IOException {
        try (Socket client = connect()) {
            int asked = 0;
            do {
                handled.set(0);
                ask(client, "" + CHUNK, "");
                awaitLoop();
                asked++;
            } while (handled.get() == 2);
            return asked - 1;
        }
    }

    @Test
    void shouldSayNothingMoreWhenTheClientClosesItsSideIdleOrHalfWayThroughARequest() throws IOException {
        for (final String said :
                new String[] {"", "GET /1 HT", "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc"}) {
            try (Socket client = connect()) {
                client.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
                client.shutdownOutput();

                assertThat(client.getInputStream().readAllBytes()).as(said).isEmpty();
            }
        }
    }

    /** Each answer is one write: to wait for more would only delay it. The listener leaves that to Netty. */
    @Test
    void shouldSendAtOnceByNettysDefault() {
        requireAtOnce(new NioSocketChannel());
        if (Epoll.isAvailable()) {
            requireAtOnce(new EpollSocketChannel());
        }
    }

    private static void requireAtOnce(final SocketChannel channel) {
        assertThat(channel.config().isTcpNoDelay()).isTrue();
        channel.unsafe().closeForcibly();
    }

    private Socket connect() throws IOException {
        final Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        socket.connect(address);
        return socket;
    }

    private static String read(final Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private static void ask(final Socket socket, final String size, final String field) throws IOException {
        socket.getOutputStream()
                .write(("GET /" + size + " HTTP/1.1\r\nHost: a\r\n" + field + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /** Returns when the one event loop has seen whatever came before: to accept and to read are two passes. */
    private void awaitLoop() throws IOException {
        try (Socket other = connect()) {
            ask(other, "1", "Connection: close\r\n");
            assertThat(other.getInputStream().readAllBytes()).isNotEmpty();
        }
    }
}
