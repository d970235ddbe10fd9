package io.holdfast.gateway.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * People buy and pay while Postgres is stopped, paused and cut off, Redis is killed, emptied and paused, and the server is
 * killed, all at random moments. In the end every payment is one order or one refund, and journal and stores agree.
 *
 * <p>{@code -Dholdfast.chaos.rounds=20} goes on as long; {@code -Dholdfast.seed=…} repeats a run's choices.
 */
@Tag("slow")
@Timeout(3_000)
class ChaosDayTest {
    private static final int ROUNDS = Integer.getInteger("holdfast.chaos.rounds", 2);
    private static final int CONNECTIONS = 32;
    private static final int HELD = 1_000;
    private static final int PAID = 800;
    private static final int FAULTS_PER_ROUND = 4;
    private static final int PAUSE_MAX_MS = 2_500;

    @TempDir
    private Path directory;

    private final Map<String, String> answers = new HashMap<>();
    private Stores stores;
    private Path data;
    private int port;
    private volatile ServerProcess server;

    @BeforeEach
    void start() throws Exception {
        stores = Stores.start(directory.resolve("stores"));
        data = directory.resolve("data");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server = startServer();
    }

    @AfterEach
    void stop() throws Exception {
        server.kill();
        stores.close();
    }

    private ServerProcess startServer() throws Exception {
        return ServerProcess.startOn(port, data, stores.flags());
    }

    /** What goes wrong; each leaves all running again. */
    private enum Fault {
        POSTGRES_RESTARTS,
        POSTGRES_PAUSES,
        POSTGRES_CUTS_CONNECTIONS,
        REDIS_RESTARTS_EMPTY,
        REDIS_IS_FLUSHED,
        REDIS_PAUSES,
        SERVER_IS_KILLED
    }

    @Test
    void shouldSettleEveryPaymentOnceWhateverBreaksOnTheWay() throws Exception {
        final long seed = Long.getLong("holdfast.seed", System.nanoTime());
        System.out.println("ChaosDayTest: " + ROUNDS + " rounds, -Dholdfast.seed=" + seed);
        final Random random = new Random(seed);

        for (int round = 0; round < ROUNDS; round++) {
            final CompletableFuture<Void> faults = breakThings(round, new Random(random.nextLong()));
            sellAndPay("drop-" + round);
            rethrow(faults);

            awaitSettled();
            await().atMost(Duration.ofSeconds(60)).untilAsserted(this::checkReconciled);
        }
        assertThat(server.terminate()).as(server.log()).isZero();
        checkReconciled();
        JournalCheck.verify(data);
    }

    private void awaitSettled() throws Exception {
        try {
            stores.awaitSettled(answers);
        } catch (final ConditionTimeoutException e) {
            throw new AssertionError(server.log(), e);
        }
    }

    private void sellAndPay(final String drop) throws Exception {
        final Crowd crowd = new Crowd(drop, HELD, CONNECTIONS);
        final Payers payers = new Payers(CONNECTIONS);
        await().atMost(Duration.ofSeconds(60)).until(() -> isCreated(drop));
        while (crowd.isAnyoneWaiting() && crowd.fault() == null) {
            crowd.press(port);
        }
        assertThat(crowd.fault()).isNull();
        payers.add(drop + "-", List.copyOf(crowd.holds().values()).subList(0, PAID));
        payers.pay(() -> port);
        assertThat(payers.fault()).isNull();
        assertThat(payers.count("PAID")).isEqualTo(PAID);
        answers.putAll(payers.answers());
    }

    private boolean isCreated(final String drop) {
        try (HttpClient operator = new HttpClient(port)) {
            final HttpClient.Reply created = operator.operator(
                    "PUT",
                    "/v1/drops/" + drop,
                    "{\"holdSeconds\":3600,\"maxHoldSeconds\":3600,\"skus\":[{\"sku\":\"GA\",\"capacity\":" + HELD
                            + ",\"priceMinor\":4500,\"currency\":\"EUR\"}]}");
            return created.status() < 300;
        } catch (final IOException e) {
            return false;
        }
    }

    private CompletableFuture<Void> breakThings(final int round, final Random random) {
        return CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; i < FAULTS_PER_ROUND; i++) {
                    pause(random.nextInt(700));
                    final Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
                    System.out.println("ChaosDayTest: round " + round + ", " + fault);
                    happen(fault, random);
                }
            } catch (final Exception e) {
                throw new IllegalStateException("breaking things in round " + round, e);
            }
        });
    }

    private void happen(final Fault fault, final Random random) throws Exception {
        switch (fault) {
            case POSTGRES_RESTARTS -> stores.restartPostgres();
            case POSTGRES_PAUSES -> {
                stores.pausePostgres();
                pause(random.nextInt(PAUSE_MAX_MS));
                stores.resumePostgres();
            }
            case POSTGRES_CUTS_CONNECTIONS -> stores.cutPostgres();
            case REDIS_RESTARTS_EMPTY -> stores.restartRedis();
            case REDIS_IS_FLUSHED -> stores.flushRedis();
            case REDIS_PAUSES -> {
                stores.pauseRedis();
                pause(random.nextInt(PAUSE_MAX_MS));
                stores.resumeRedis();
            }
            case SERVER_IS_KILLED -> {
                server.kill();
                server = startServer();
                server.port();
            }
        }
    }

    private static void pause(final int millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private static void rethrow(final CompletableFuture<Void> faults) throws Exception {
        try {
            faults.get();
        } catch (final ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void checkReconciled() throws Exception {
        final Tool.Result result = Tool.run(stores.reconcile(data));
        assertThat(result.status()).as(result.output() + server.log()).isZero();
    }
}
