package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.journal.FaultyFiles;
import io.holdfast.journal.JournalFiles;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Faults 15, 30 and 33: a server that halts says so, tells those who wait, and does not outlive it. */
@Timeout(300)
class HaltTest {
    @TempDir
    private Path data;

    private final FaultyFiles files = new FaultyFiles(JournalFiles.real());
    private final CountDownLatch processEnded = new CountDownLatch(1);

    private HoldfastServer start() throws Exception {
        final HoldfastServer server = HoldfastServer.start(ServerFixture.config(data), files, processEnded::countDown);
        assertThat(ServerFixture.createDrop(server, "d").statusCode()).isEqualTo(201);
        return server;
    }

    @Test
    void shouldTellThoseWhoWaitAndEndTheProcessWhenTheSyncFails() throws Exception {
        final HoldfastServer server = start();
        files.fail(FaultyFiles.Operation.SYNC, ".log", "Input/output error");

        final HttpResponse<String> answer =
                ServerFixture.buy(server, "d", "b-1").get(20, TimeUnit.SECONDS);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(server.awaitStop()).isFalse();
        final HttpResponse<String> readiness = ServerFixture.management(server, "/readyz");
        assertThat(readiness.statusCode()).isEqualTo(503);
        assertThat(readiness.body()).contains("halted");
        assertThat(processEnded.await(20, TimeUnit.SECONDS))
                .as("ended by the guard, since nobody else did")
                .isTrue();
    }

    @Test
    void shouldStayAHaltWhenAskedToStop() throws Exception {
        final HoldfastServer server = start();
        files.fail(FaultyFiles.Operation.SYNC, ".log", "Input/output error");
        ServerFixture.buy(server, "d", "b-1").get(20, TimeUnit.SECONDS);

        server.stop();

        assertThat(server.awaitStop()).isFalse();
        awaitStopEnded();
    }

    /** Nobody waits for the stop of a server that has halted; but its last snapshot would meet the directory being deleted. */
    private static void awaitStopEnded() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(each -> each.getName().equals("holdfast-stop")));
    }

    @Test
    void shouldRefuseAtOnceWhileTheRingIsFullAndLoseNothingOfIt() throws Exception {
        final HoldfastServer server = start();
        final BlockedSyncs disk = new BlockedSyncs(files);
        final List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        answers.add(ServerFixture.buy(server, "d", "b-0"));
        disk.awaitBegun();
        final AtomicInteger refusedEarly = new AtomicInteger();
        final CountDownLatch refused = new CountDownLatch(50);

        for (int i = 1; i <= ServerFixture.RING_SIZE + 50; i++) {
            answers.add(ServerFixture.buy(server, "d", "b-" + i).whenComplete((answer, failure) -> {
                refusedEarly.incrementAndGet();
                refused.countDown();
            }));
        }
        assertThat(refused.await(40, TimeUnit.SECONDS)).isTrue();
        assertThat(ServerFixture.management(server, "/readyz").statusCode()).isEqualTo(200);
        assertThat(refusedEarly.get()).isEqualTo(50);
        disk.release();

        int held = 0;
        for (final CompletableFuture<HttpResponse<String>> each : answers) {
            final HttpResponse<String> answer = each.get(20, TimeUnit.SECONDS);
            if (answer.statusCode() == 201) {
                held++;
            } else {
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.body()).contains("overloaded");
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            }
        }
        assertThat(held).isEqualTo(ServerFixture.RING_SIZE + 1);
        server.stop();
        assertThat(server.awaitStop()).isTrue();
    }

    @Test
    void shouldEndTheProcessAfterAHaltOnly() throws Exception {
        final CountDownLatch ended = new CountDownLatch(1);
        final CountDownLatch spared = new CountDownLatch(1);
        final HaltGuard halted = HaltGuard.start(1, ended::countDown);
        final HaltGuard stopped = HaltGuard.start(1, spared::countDown);

        stopped.close();
        halted.halt();
        halted.close();

        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(spared.getCount()).isOne();
    }

    @Test
    void shouldNeverLeaveAHaltForAnotherPhase() {
        final ServerState state = new ServerState();

        state.halt();
        state.serve(null, null, null);
        state.drain();

        assertThat(state.isLive()).isFalse();
        assertThat(state.readiness().ready()).isFalse();
        assertThat(state.readiness().toString()).contains("halted");
    }
}
