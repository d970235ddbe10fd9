package io.holdfast.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailingHandlerTest {
    private final AtomicReference<Error> error = new AtomicReference<>();

    private HttpListener listener;
    private InetSocketAddress address;

    @BeforeEach
    void start() throws IOException {
        listener = PlainListener.of(FailingHandlerTest::handle, error::set);
        address = listener.start();
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    private static void handle(final Call call) {
        switch (call.target()) {
            case "/exception" -> throw new IllegalStateException("a fault for the test");
            case "/error" -> throw new OutOfMemoryError("a fault for the test");
            case "/twice" -> {
                call.send(Fault.NOT_FOUND.write(call.reply()));
                call.send(Fault.NOT_FOUND.write(call.reply()));
            }
            default -> call.send(Fault.NOT_FOUND.write(call.reply()));
        }
    }

    /** All that the server says to one request until it closes. */
    private String exchange(final String target) throws IOException {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void shouldAnswer500AndGoOnWhenTheHandlerThrows() throws IOException {
        assertThat(exchange("/exception"))
                .startsWith("HTTP/1.1 500 ")
                .contains("Connection: close", "\"code\":\"internal\"")
                .doesNotContain("a fault for the test");
        assertThat(exchange("/other")).startsWith("HTTP/1.1 404 ");
        assertThat(error.get()).isNull();
    }

    @Test
    void shouldTellTheProcessWhenMemoryIsOut() throws IOException {
        assertThat(exchange("/error")).startsWith("HTTP/1.1 500 ");

        assertThat(error.get()).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void shouldNotSayASecondThingWhenTheHandlerAnswersTwice() throws IOException {
        assertThat(exchange("/twice")).containsOnlyOnce("HTTP/1.1");
    }
}
