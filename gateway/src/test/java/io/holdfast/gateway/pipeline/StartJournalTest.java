package io.holdfast.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.JournalRecord;
import io.holdfast.core.message.ActivateRulesDecoder;
import io.holdfast.core.message.CreateDropDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.StartServerDecoder;
import io.holdfast.journal.JournalReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a start writes before anything is admitted. */
@Timeout(300)
class StartJournalTest {
    @TempDir
    private Path data;

    @Test
    void shouldJournalEachStartOnceAndTheRulesWithTheFirst() throws Exception {
        try (TestServer first = TestServer.start(data);
                TestClient client = new TestClient(first.pipeline)) {
            TestClient.get(client.createDrop("d", 10, 300));
        }
        TestServer.start(data).close();
        try (TestServer third = TestServer.start(data)) {
            assertThat(kinds(third))
                    .containsExactly(
                            StartServerDecoder.TEMPLATE_ID,
                            ActivateRulesDecoder.TEMPLATE_ID,
                            CreateDropDecoder.TEMPLATE_ID,
                            StartServerDecoder.TEMPLATE_ID,
                            StartServerDecoder.TEMPLATE_ID);
        }
    }

    private static List<Integer> kinds(final TestServer server) {
        final List<Integer> kinds = new ArrayList<>();
        final JournalRecord record = new JournalRecord();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        try (JournalReader reader = server.journal.follow(0)) {
            while (reader.poll(
                            (position, sequence, timeMs, buffer, offset, length) -> {
                                record.wrap(buffer, offset, length);
                                kinds.add(header.wrap(record.buffer(), record.commandOffset())
                                        .templateId());
                            },
                            100)
                    > 0) {
                // to the end
            }
        }
        return kinds;
    }

    @Test
    void shouldNotCallAStopCleanWhenAnEventLoopMayStillBeSubmitting() throws Exception {
        try (TestServer server = TestServer.start(data)) {
            final AtomicReference<Executor> eventLoop = new AtomicReference<>(task -> {});
            server.pipeline.openLane(task -> eventLoop.get().execute(task), exchange -> {}, 1);

            assertThat(server.pipeline.stop(100)).isFalse();

            eventLoop.set(Runnable::run);
            assertThat(server.pipeline.isOpen()).isFalse();
        }
    }
}
