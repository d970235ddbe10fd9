package io.holdfast.gateway.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.gateway.pipeline.TestClient.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fault 17, on a real disk that is full: a small tmpfs. Needs the right to mount; skipped without. */
@Timeout(300)
class FullDiskTest {
    /** Two segments and a half: the spare can be made, its successor can not. */
    private static final String SMALL = "size=" + (TestServer.SEGMENT_LENGTH / 2 * 5);

    private static final String LARGE = "size=" + TestServer.SEGMENT_LENGTH * 8;

    @TempDir
    private Path disk;

    private boolean isMounted;

    @BeforeEach
    void mount() throws Exception {
        isMounted = run("mount", "-t", "tmpfs", "-o", SMALL, "tmpfs", disk.toString());
        assumeTrue(isMounted, "may not mount a tmpfs here");
    }

    @AfterEach
    void unmount() throws Exception {
        if (isMounted) {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    @Test
    void shouldRefuseHoldsAndGoOnWithPaymentsUntilSpaceReturns() throws Exception {
        final Path data = disk.resolve("data");
        final TestServer server = TestServer.start(data);
        final TestClient client = new TestClient(server.pipeline);
        TestClient.get(client.createDrop("d", 1_000_000, 3_600));
        final UUID first = UUID.randomUUID();
        TestClient.get(client.placeHold("d", "first", "k", first));

        int held = 1 + holdUntilFull(client);

        assertThat(server.journal.isFull()).isTrue();
        assertThat(TestClient.get(client.queryHold(first)).text()).isEqualTo("HELD");
        assertThat(TestClient.get(pay(client, "p-1", first)).isAnswered()).isTrue();
        assertThat(TestClient.get(client.queryHold(first)).text()).isEqualTo("PAID");
        assertThat(run("mount", "-o", "remount," + LARGE, disk.toString())).isTrue();
        await().atMost(Duration.ofSeconds(30)).until(() -> !server.journal.isFull());
        assertThat(TestClient.get(client.placeHold("d", "later")).isHold()).isTrue();
        held++;
        server.close();
        client.close();

        try (TestServer restarted = TestServer.start(data)) {
            assertThat(restarted.journal.recovery().isCleanlyClosed()).isTrue();
            assertThat(restarted.journal.recovery().lastSequence()).isEqualTo(3 + held + 1);
        }
    }

    /** Returns how many were granted before the first refusal for want of disk. */
    private static int holdUntilFull(final TestClient client) throws Exception {
        int held = 0;
        while (true) {
            final List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                outcomes.add(client.placeHold("d", "b-" + (held + i)));
            }
            boolean isFull = false;
            for (final CompletableFuture<Outcome> each : outcomes) {
                final String text = TestClient.get(each).text();
                assertThat(text).isIn("HELD", "JOURNAL_FULL");
                held += text.equals("HELD") ? 1 : 0;
                isFull |= text.equals("JOURNAL_FULL");
            }
            if (isFull) {
                return held;
            }
        }
    }

    private static CompletableFuture<Outcome> pay(final TestClient client, final String payment, final UUID hold) {
        return client.send(false, exchange -> TestMessages.recordPayment(exchange.message(), payment, hold));
    }

    private static boolean run(final String... command) throws InterruptedException {
        try {
            final Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            final String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            final boolean isDone = process.waitFor() == 0;
            if (!isDone) {
                System.out.println(String.join(" ", command) + ": " + output);
            }
            return isDone;
        } catch (final IOException e) {
            return false;
        }
    }
}
