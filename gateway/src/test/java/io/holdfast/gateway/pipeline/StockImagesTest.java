package io.holdfast.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.gateway.sequencer.Exchange;
import io.holdfast.journal.FaultyFiles;
import io.holdfast.journal.SimulatedDisk;
import java.nio.file.Path;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StockImagesTest {
    private final FaultyFiles files = new FaultyFiles(new SimulatedDisk());

    private SteppedServer server;
    private SteppedServer.Loop loop;

    @BeforeEach
    void startWithTwoDrops() throws Exception {
        server = new SteppedServer(Path.of("/data"), files);
        loop = server.openLoop();
        step(exchange -> TestMessages.createDrop(exchange.message(), "one", 10, 300));
        step(exchange -> TestMessages.createDrop(exchange.message(), "two", 10, 300));
        server.images.publish();
    }

    private void step(final ToIntFunction<Exchange> encoder) throws Exception {
        loop.command(encoder);
        server.step();
        loop.runTasks();
    }

    @Test
    void shouldForgetAnArchivedDropAndLeaveTheOthersAlone() throws Exception {
        final byte[] two = server.images.get("two");

        step(exchange -> TestMessages.closeDrop(exchange.message(), "one"));
        step(exchange -> TestMessages.archiveDrop(exchange.message(), "one"));
        server.images.publish();

        assertThat(server.images.get("one")).isNull();
        assertThat(server.images.get("two"))
                .as("never gone, not even for a moment")
                .isSameAs(two);
    }

    @Test
    void shouldShowNothingOfACommandWhoseSyncFails() throws Exception {
        final byte[] before = server.images.get("one");
        files.fail(FaultyFiles.Operation.SYNC, ".log", "Input/output error");
        server.nanos.addAndGet(1_000_000_000);
        loop.command(exchange -> TestMessages.closeDrop(exchange.message(), "one"));

        try {
            server.step();
        } catch (final RuntimeException e) {
            assertThat(e).hasMessageContaining("Input/output error");
        }

        assertThat(server.images.get("one")).isSameAs(before);
    }
}
