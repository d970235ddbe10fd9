package io.holdfast.gateway.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Faults 28 and 32: the process is stopped and continued, and asked to end, in the middle of a drop. */
@Tag("slow")
@Timeout(300)
class SignalTest {
    private static final String PLENTY =
            "{\"holdSeconds\":3600,\"maxHoldSeconds\":3600,\"skus\":[{\"sku\":\"GA\",\"capacity\":1000000}]}";

    @TempDir
    private Path data;

    @Test
    void shouldEndInOrderUnderLoadAndLoseNothingWhenAskedTo() throws Exception {
        final ServerProcess server = ServerProcess.start(data);
        final Crowd crowd = new Crowd("d", 200_000, 32);
        createDrop(server, PLENTY);
        final Thread pressing = press(crowd, server);
        await().atMost(Duration.ofSeconds(60)).until(() -> crowd.holds().size() > 1_000);

        final int status = server.terminate();
        pressing.join();

        assertThat(status).as(server.log()).isZero();
        assertThat(crowd.fault()).isNull();
        final ServerProcess restarted = ServerProcess.start(data);
        try (HttpClient client = new HttpClient(restarted.port())) {
            crowd.checkAcknowledged(client);
            assertThat(crowd.fault()).isNull();
            assertThat(client.storefront("GET", "/v1/drops/d", "", "").member("held"))
                    .isEqualTo(Integer.toString(crowd.holds().size()));
        }
        assertThat(restarted.terminate()).isZero();
        JournalCheck.verify(data);
    }

    @Test
    void shouldGoOnWithoutFalseExpiryOrHaltWhenStoppedAndContinued() throws Exception {
        final ServerProcess server = ServerProcess.start(data);
        createDrop(
                server,
                "{\"holdSeconds\":1,\"maxHoldSeconds\":1,\"paymentGraceSeconds\":0,"
                        + "\"skus\":[{\"sku\":\"GA\",\"capacity\":1}]}");
        try (HttpClient client = new HttpClient(server.port())) {
            final String hold = client.buy("d", "b-1").member("hold");

            signal(server, "STOP");
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
            signal(server, "CONT");

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> "EXPIRED"
                            .equals(client.storefront("GET", "/v1/holds/" + hold, "", "")
                                    .member("status")));
            assertThat(client.buy("d", "b-2").status()).isEqualTo(201);
            assertThat(client.buy("d", "b-3").member("code")).isEqualTo("sold-out");
        }
        assertThat(server.terminate()).isZero();
        JournalCheck.verify(data);
    }

    private static void createDrop(final ServerProcess server, final String definition) throws Exception {
        try (HttpClient client = new HttpClient(server.port())) {
            assertThat(client.operator("PUT", "/v1/drops/d", definition).status())
                    .isEqualTo(201);
        }
    }

    private static Thread press(final Crowd crowd, final ServerProcess server) throws Exception {
        final int port = server.port();
        final Thread pressing = new Thread(() -> {
            try {
                crowd.press(port);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        pressing.start();
        return pressing;
    }

    private static void signal(final ServerProcess server, final String name) throws Exception {
        final Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(server.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }
}
