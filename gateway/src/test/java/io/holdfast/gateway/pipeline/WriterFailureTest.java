package io.holdfast.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.gateway.pipeline.TestClient.Outcome;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Faults 30 and 31: a writer that throws or is interrupted ends loudly, and nobody waits for it. */
@Timeout(300)
class WriterFailureTest {
    @TempDir
    private Path data;

    private TestServer server;
    private TestClient client;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(data);
        client = new TestClient(server.pipeline);
        TestClient.get(client.createDrop("d", 100, 300));
    }

    @AfterEach
    void close() {
        client.close();
        server.journal.close();
    }

    @Test
    void shouldHaltWhenAStepThrows() throws Exception {
        final CompletableFuture<Outcome> poison = client.send(false, TestMessages::poison);
        final CompletableFuture<Outcome> behind = client.placeHold("d", "b-1");

        assertThat(server.awaitFailure()).hasMessageContaining("unknown kind 29");
        assertThat(TestClient.get(poison).text()).isEqualTo("UNKNOWN");
        assertThat(TestClient.get(behind).text()).isIn("UNKNOWN", "UNAVAILABLE");
        assertThat(server.pipeline.isOpen()).isFalse();
        assertThat(server.pipeline.hasFailed()).isTrue();
    }

    @Test
    void shouldHaltWhenTheWriterIsInterrupted() throws Exception {
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("holdfast-writer") && thread.isAlive())
                .forEach(Thread::interrupt);

        assertThat(server.awaitFailure()).isInstanceOf(InterruptedException.class);
        assertThat(TestClient.get(client.placeHold("d", "b-1")).text()).isEqualTo("UNAVAILABLE");
    }
}
