package io.holdfast.gateway.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults 1 to 6 and 9, from outside: the process is killed in the middle of a drop, at random moments, again and again.
 *
 * <p>{@code -Dholdfast.kill.rounds=50} kills as often; {@code -Dholdfast.seed=…} repeats a run's moments.
 */
@Tag("repeated")
@Timeout(1_800)
class KillTest {
    private static final int STOCK = 5_000;
    private static final int ROUNDS = Integer.getInteger("holdfast.kill.rounds", 3);
    private static final int KILLS_PER_DROP = 3;

    @TempDir
    private Path data;

    @Test
    void shouldKeepWhatItAcknowledgedWhenKilledAtAnyMoment() throws Exception {
        final long seed = Long.getLong("holdfast.seed", System.nanoTime());
        System.out.println("KillTest: " + ROUNDS + " kills, -Dholdfast.seed=" + seed);
        final Random random = new Random(seed);

        int kills = 0;
        for (int drop = 0; kills < ROUNDS; drop++) {
            final Crowd crowd = new Crowd("drop-" + drop, 3 * STOCK, 64);
            for (int i = 0; i < KILLS_PER_DROP && kills < ROUNDS; i++, kills++) {
                killOnce(crowd, drop, random);
            }
            sellOut(crowd, drop);
        }
    }

    private void killOnce(final Crowd crowd, final int drop, final Random random) throws Exception {
        final ServerProcess server = startAndCheck(crowd, drop);
        final long afterMs = 20 + random.nextInt(1_200);
        final Thread killer = new Thread(() -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(afterMs));
            try {
                server.kill();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        killer.start();
        crowd.press(server.port());
        killer.join();
        assertThat(crowd.fault()).isNull();
        JournalCheck.verify(data);
    }

    private ServerProcess startAndCheck(final Crowd crowd, final int drop) throws Exception {
        final ServerProcess server = ServerProcess.start(data);
        try (HttpClient client = new HttpClient(server.port())) {
            final HttpClient.Reply created = client.operator(
                    "PUT",
                    "/v1/drops/drop-" + drop,
                    "{\"holdSeconds\":3600,\"maxHoldSeconds\":3600,\"skus\":[{\"sku\":\"GA\",\"capacity\":" + STOCK
                            + "}]}");
            assertThat(created.status()).as(created.body()).isIn(200, 201);
            crowd.checkAcknowledged(client);
            assertThat(crowd.fault()).isNull();
            final HttpClient.Reply stock = client.storefront("GET", "/v1/drops/drop-" + drop, "", "");
            final int available = Integer.parseInt(stock.member("available"));
            final int held = Integer.parseInt(stock.member("held"));
            assertThat(available + held).isEqualTo(STOCK);
            assertThat(held).isGreaterThanOrEqualTo(crowd.holds().size());
        }
        return server;
    }

    private void sellOut(final Crowd crowd, final int drop) throws Exception {
        final ServerProcess server = startAndCheck(crowd, drop);
        while (crowd.isAnyoneWaiting()) {
            crowd.press(server.port());
        }
        assertThat(crowd.fault()).isNull();
        assertThat(new HashSet<>(crowd.holds().values())).hasSize(STOCK);
        assertThat(crowd.soldOutCount()).isEqualTo(2 * STOCK);
        assertThat(server.terminate()).as(server.log()).isZero();
        JournalCheck.verify(data);
    }
}
