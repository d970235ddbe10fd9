package io.holdfast.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.gateway.pipeline.TestClient.Outcome;
import io.holdfast.journal.FaultyFiles;
import io.holdfast.journal.JournalFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Faults 5, 15 and 18: no answer leaves before its sync has returned, and none at all when the sync fails. */
@Timeout(300)
class DurableAnswerTest {
    @TempDir
    private Path data;

    private final FaultyFiles files = new FaultyFiles(JournalFiles.real());
    private final CountDownLatch syncBegun = new CountDownLatch(1);
    private final CountDownLatch syncReleased = new CountDownLatch(1);

    private TestServer server;
    private TestClient client;

    @BeforeEach
    void startWithDrop() throws Exception {
        server = TestServer.start(data, files);
        client = new TestClient(server.pipeline);
        TestClient.get(client.createDrop("d", 100_000, 300));
    }

    @Test
    void shouldAnswerNothingWhileTheSyncIsUnderWay() throws Exception {
        blockSyncs();

        final CompletableFuture<Outcome> command = client.placeHold("d", "b-1");
        assertThat(syncBegun.await(20, TimeUnit.SECONDS)).isTrue();
        final CompletableFuture<Outcome> queryBehind = client.queryDrop("d");
        client.awaitSubmitted();

        assertThat(command).isNotDone();
        assertThat(queryBehind).isNotDone();
        syncReleased.countDown();
        assertThat(TestClient.get(command).isHold()).isTrue();
        assertThat(TestClient.get(queryBehind).isAnswered()).isTrue();
        server.close();
    }

    @Test
    void shouldShowNoImageOfWhatIsNotDurable() throws Exception {
        await().atMost(Duration.ofSeconds(20)).until(() -> server.pipeline.dropImage("d") != null);
        final byte[] before = server.pipeline.dropImage("d");
        blockSyncs();

        client.placeHold("d", "b-1");
        assertThat(syncBegun.await(20, TimeUnit.SECONDS)).isTrue();

        assertThat(server.pipeline.dropImage("d")).isEqualTo(before);
        syncReleased.countDown();
        server.close();
    }

    @Test
    void shouldShedLoadWhileTheDiskIsSlow() throws Exception {
        blockSyncs();
        final List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        outcomes.add(client.placeHold("d", "b-0"));
        assertThat(syncBegun.await(20, TimeUnit.SECONDS)).isTrue();

        for (int i = 1; i <= 2_000; i++) {
            outcomes.add(client.placeHold("d", "b-" + i));
        }
        client.awaitSubmitted();
        final long refused = outcomes.stream().filter(CompletableFuture::isDone).count();
        syncReleased.countDown();

        assertThat(refused).isEqualTo(2_001 - 1 - 1_024);
        long held = 0;
        for (final CompletableFuture<Outcome> outcome : outcomes) {
            final Outcome each = TestClient.get(outcome);
            assertThat(each.text()).isIn("HELD", "OVERLOADED");
            held += each.isHold() ? 1 : 0;
        }
        assertThat(held).isEqualTo(1 + 1_024);
        server.close();
    }

    @Test
    void shouldHaltAndAnswerNobodyWhenTheSyncFails() throws Exception {
        files.fail(FaultyFiles.Operation.SYNC, ".log", "Input/output error");
        final UUID hold = UUID.randomUUID();

        final Outcome outcome = TestClient.get(client.placeHold("d", "b-1", "k", hold));
        final Throwable failure = server.awaitFailure();
        final Outcome later = TestClient.get(client.placeHold("d", "b-2"));

        assertThat(outcome.text()).isEqualTo("UNKNOWN");
        assertThat(failure).hasMessageContaining("Input/output error");
        assertThat(later.text()).isEqualTo("UNAVAILABLE");
        server.journal.close();
    }

    @Test
    void shouldNeverSyncAgainOnceASyncFailed() throws Exception {
        final List<String> syncs = new ArrayList<>();
        files.fault((operation, path, length) -> {
            if (operation == FaultyFiles.Operation.SYNC && path.toString().endsWith(".log")) {
                syncs.add(path.toString());
                throw new IOException("Input/output error");
            }
            return length;
        });

        TestClient.get(client.placeHold("d", "b-1"));
        server.awaitFailure();
        TestClient.get(client.placeHold("d", "b-2"));
        server.close();

        assertThat(syncs).hasSize(1);
    }

    @Test
    void shouldGiveTheSameHoldToARetryAfterARestart() throws Exception {
        final UUID first = UUID.randomUUID();
        final Outcome placed = TestClient.get(client.placeHold("d", "b-1", "key-1", first));
        assertThat(placed.isHold()).isTrue();
        server.close();

        try (TestServer restarted = TestServer.start(data)) {
            final TestClient again = new TestClient(restarted.pipeline);
            final Outcome repeated = TestClient.get(again.placeHold("d", "b-1", "key-1", UUID.randomUUID()));

            assertThat(repeated.isHold()).isTrue();
            assertThat(repeated.exchange().answer().repeated()).isTrue();
            assertThat(TestClient.get(again.queryHold(first)).text()).isEqualTo("HELD");
            again.close();
        }
    }

    private void blockSyncs() {
        files.fault((operation, path, length) -> {
            if (operation == FaultyFiles.Operation.SYNC && path.toString().endsWith(".log")) {
                syncBegun.countDown();
                awaitRelease();
            }
            return length;
        });
    }

    private void awaitRelease() throws IOException {
        try {
            if (!syncReleased.await(20, TimeUnit.SECONDS)) {
                throw new IOException("the test never released the sync");
            }
        } catch (final InterruptedException e) {
            throw new IOException(e);
        }
    }
}
