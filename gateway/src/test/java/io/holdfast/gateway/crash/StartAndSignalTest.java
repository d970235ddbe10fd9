package io.holdfast.gateway.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Faults 9, 22 and 32 around a start: a second server, signals before it serves, and more than one of them. */
@Tag("slow")
@Timeout(300)
class StartAndSignalTest {
    private static final String STOCK =
            "{\"holdSeconds\":3600,\"maxHoldSeconds\":3600,\"skus\":[{\"sku\":\"GA\",\"capacity\":1000}]}";

    @TempDir
    private Path data;

    @Test
    void shouldExitWithThreeWhenAnotherServerHasTheDirectoryAndWithZeroOnTwoSignals() throws Exception {
        final ServerProcess first = ServerProcess.start(data);
        first.port();

        final ServerProcess second = ServerProcess.start(data);

        assertThat(second.awaitExit()).isEqualTo(3);
        assertThat(second.log()).contains("locked", "next step");
        try (HttpClient client = new HttpClient(first.port())) {
            assertThat(client.operator("PUT", "/v1/drops/d", STOCK).status()).isEqualTo(201);
        }
        first.terminateAgain();
        assertThat(first.terminate()).as(first.log()).isZero();
        JournalCheck.verify(data);
    }

    @Test
    void shouldConvergeWhenKilledOrEndedAtAnyMomentOfAStart() throws Exception {
        final long seed = Long.getLong("holdfast.seed", System.nanoTime());
        System.out.println("StartAndSignalTest: -Dholdfast.seed=" + seed);
        final Random random = new Random(seed);
        final ServerProcess server = ServerProcess.start(data);
        try (HttpClient client = new HttpClient(server.port())) {
            client.operator("PUT", "/v1/drops/d", STOCK);
            assertThat(client.buy("d", "b-1").status()).isEqualTo(201);
        }
        server.kill();

        for (int i = 0; i < 4; i++) {
            final ServerProcess starting = ServerProcess.start(data);
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> Files.exists(Path.of("/proc/" + starting.pid())) || !starting.isAlive());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300 + random.nextInt(1_200)));
            if (i % 2 == 0) {
                starting.kill();
            } else {
                assertThat(starting.terminate()).as(starting.log()).isIn(0, 143);
            }
        }

        final ServerProcess last = ServerProcess.start(data);
        try (HttpClient client = new HttpClient(last.port())) {
            assertThat(client.buy("d", "b-1").isReplay()).isTrue();
        }
        assertThat(last.terminate()).isZero();
        JournalCheck.verify(data);
    }
}
