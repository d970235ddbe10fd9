package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that warms up beside what it is for. */
@Timeout(300)
class WarmServerTest {
    private static final String SECONDS = "holdfast.warmUpSeconds";
    private static final Duration WITHIN = Duration.ofSeconds(60);

    @TempDir
    private Path data;

    private long writersBefore;
    private HoldfastServer server;

    @BeforeEach
    void warmUp() {
        writersBefore = threads("holdfast-writer");
        System.setProperty(SECONDS, "8");
    }

    @AfterEach
    void stayCold() throws InterruptedException {
        System.clearProperty(SECONDS);
        server.stop();
        server.awaitStop();
    }

    private static long threads(final String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().equals(name))
                .count();
    }

    private long writers() {
        return threads("holdfast-writer") - writersBefore;
    }

    @Test
    void shouldPlayNothingWhileThereIsNothingToSellAndLeaveNoTraceOfWhatItPlays() throws Exception {
        server = HoldfastServer.start(ServerFixture.config(data));
        assertThat(threads("holdfast-warm-up")).isOne();
        assertThat(writers()).isOne();

        assertThat(ServerFixture.createDrop(server, "d").statusCode()).isEqualTo(201);
        await().atMost(WITHIN).until(() -> writers() == 2);
        assertThat(ServerFixture.buy(server, "d", "b-1")
                        .get(WITHIN.toSeconds(), TimeUnit.SECONDS)
                        .statusCode())
                .isEqualTo(201);
        await().atMost(WITHIN).until(() -> threads("holdfast-warm-up") == 0);

        // The start, its rules, the drop and one hold.
        assertThat(ServerFixture.management(server, "/status").body()).contains("\"sequence\":4,");
        assertThat(ServerFixture.management(server, "/metrics").body())
                .contains("holdfast_holds_total{drop=\"d\",verdict=\"granted\"} 1.0")
                .doesNotContain("drop=\"warm-up");
        assertThat(writers()).isOne();
        server.stop();
        assertThat(server.awaitStop()).isTrue();
    }

    @Test
    void shouldStopInTheMiddleOfWarmingUp() throws Exception {
        System.setProperty(SECONDS, "600");
        server = HoldfastServer.start(ServerFixture.config(data));
        assertThat(ServerFixture.createDrop(server, "d").statusCode()).isEqualTo(201);
        await().atMost(WITHIN).until(() -> writers() == 2);

        server.stop();

        assertThat(server.awaitStop()).isTrue();
        await().atMost(WITHIN).until(() -> threads("holdfast-warm-up") == 0);
        assertThat(writers()).isZero();
    }
}
