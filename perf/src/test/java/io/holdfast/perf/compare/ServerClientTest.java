package io.holdfast.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ServerClientTest {
    private final AtomicInteger looks = new AtomicInteger();
    private HttpServer management;

    @AfterEach
    void end() {
        if (management != null) {
            management.stop(0);
        }
    }

    /** One whose mirror is so many records behind at each look, counted from 1. */
    private Server server(final IntUnaryOperator behind) throws IOException {
        management = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        management.createContext("/status", exchange -> {
            final byte[] status = ("{\"followers\":{\"settlement\":{\"lagRecords\":0},\"mirror\":{\"lagRecords\":"
                            + behind.applyAsInt(looks.incrementAndGet()) + "}}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, status.length);
            exchange.getResponseBody().write(status);
            exchange.close();
        });
        management.start();
        final URI url = URI.create("http://127.0.0.1:" + management.getAddress().getPort());
        return new Server(Side.HOLDFAST, null, Path.of("."), url, Optional.of(url), new Server.Keys("api", "admin"));
    }

    @Test
    void shouldWaitUntilNoFollowerIsBehind() throws Exception {
        new ServerClient().awaitCaughtUp(server(look -> look < 3 ? 7 : 0), Duration.ofMinutes(1));

        assertThat(looks).hasValue(3);
    }

    @Test
    void shouldNotTakeTheTimeOutForTheTimeThatItTook() throws Exception {
        final Server server = server(look -> 7);

        assertThatThrownBy(() -> new ServerClient().awaitCaughtUp(server, Duration.ofMillis(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("{mirror=7}");
    }

    @Test
    void shouldReadTheLagOfEachFollowerOutOfAStatus() {
        final String status = "{\"ready\":true,\"degraded\":[],\"sequence\":9,\"followers\":{"
                + "\"mirror\":{\"state\":\"following\",\"sequence\":7,\"lagRecords\":2,\"lagSeconds\":0.1},"
                + "\"settlement\":{\"state\":\"away\",\"sequence\":0,\"lagRecords\":9,\"detail\":\"lagRecords\"}}}";

        assertThat(ServerClient.lag(status.getBytes(StandardCharsets.UTF_8)))
                .containsEntry("mirror", 2L)
                .containsEntry("settlement", 9L)
                .hasSize(2);
    }
}
