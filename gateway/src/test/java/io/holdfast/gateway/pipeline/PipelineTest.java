package io.holdfast.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.gateway.pipeline.TestClient.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class PipelineTest {
    @TempDir
    private Path data;

    @Test
    void shouldSellExactlyTheStockToManyLanes() throws Exception {
        try (TestServer server = TestServer.start(data);
                TestClient one = new TestClient(server.pipeline);
                TestClient two = new TestClient(server.pipeline)) {
            TestClient.get(one.createDrop("d", 500, 300));

            final List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                outcomes.add(one.placeHold("d", "a-" + i));
                outcomes.add(two.placeHold("d", "b-" + i));
                if (i % 200 == 199) {
                    for (final CompletableFuture<Outcome> each : outcomes) {
                        TestClient.get(each);
                    }
                }
            }

            int held = 0;
            int soldOut = 0;
            for (final CompletableFuture<Outcome> each : outcomes) {
                final String text = TestClient.get(each).text();
                held += text.equals("HELD") ? 1 : 0;
                soldOut += text.equals("SOLD_OUT") ? 1 : 0;
            }
            assertThat(held).isEqualTo(500);
            assertThat(soldOut).isEqualTo(1_500);
        }
    }

    @Test
    void shouldExpireAHoldWithoutAnyTraffic() throws Exception {
        try (TestServer server = TestServer.start(data);
                TestClient client = new TestClient(server.pipeline)) {
            TestClient.get(client.createDrop("d", 1, 1));
            final UUID hold = UUID.randomUUID();
            TestClient.get(client.placeHold("d", "b-1", "", hold));
            final byte[] whileHeld = server.pipeline.dropImage("d");

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> server.journal.durableSequence() >= 5 && server.pipeline.dropImage("d") != whileHeld);

            assertThat(TestClient.get(client.queryHold(hold)).text()).isEqualTo("EXPIRED");
            assertThat(TestClient.get(client.placeHold("d", "b-2")).text()).isEqualTo("HELD");
        }
    }

    @Test
    void shouldAnswerEverythingThatWasAdmittedWhenStopped() throws Exception {
        final TestServer server = TestServer.start(data);
        final TestClient client = new TestClient(server.pipeline);
        TestClient.get(client.createDrop("d", 100_000, 300));

        final List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            outcomes.add(client.placeHold("d", "b-" + i));
        }
        final boolean clean = server.stop();

        assertThat(clean).isTrue();
        int held = 0;
        for (final CompletableFuture<Outcome> each : outcomes) {
            final String text = TestClient.get(each).text();
            assertThat(text).isIn("HELD", "UNAVAILABLE");
            held += text.equals("HELD") ? 1 : 0;
        }
        assertThat(server.journal.durableSequence()).isEqualTo(3 + held);
        server.journal.close();
        client.close();
    }

    @Test
    void shouldPublishDurableImagesOfEveryDrop() throws Exception {
        try (TestServer server = TestServer.start(data);
                TestClient client = new TestClient(server.pipeline)) {
            TestClient.get(client.createDrop("one", 10, 300));
            TestClient.get(client.createDrop("two", 10, 300));

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> server.pipeline.dropImages().size() == 2);

            assertThat(server.pipeline.dropImage("one")).isNotNull();
            assertThat(server.pipeline.dropImage("none")).isNull();
        }
    }
}
