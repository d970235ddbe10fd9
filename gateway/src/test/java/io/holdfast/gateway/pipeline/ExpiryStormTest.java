package io.holdfast.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Limits;
import io.holdfast.gateway.pipeline.TestClient.Outcome;
import io.holdfast.gateway.sequencer.Exchange;
import io.holdfast.journal.SimulatedDisk;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Thousands of holds due at once keep nobody waiting, and all of them get their turn. */
class ExpiryStormTest {
    private static final int HOLDS = 20_000;

    @Test
    void shouldServeOthersWhileThousandsOfHoldsAreDue() throws Exception {
        final SteppedServer server = new SteppedServer(Path.of("/data"), new SimulatedDisk());
        final SteppedServer.Loop loop = server.openLoop();
        server.call(loop, false, exchange -> TestMessages.createDrop(exchange.message(), "d", HOLDS, 300));
        for (int i = 0; i < HOLDS; i++) {
            final UUID hold = new UUID(1, i);
            loop.command(exchange -> TestMessages.placeHold(exchange.message(), "d", "b", "", hold));
            if (i % 1_000 == 999) {
                server.step();
                loop.runTasks();
            }
        }
        assertThat(server.core.liveHolds()).isEqualTo(HOLDS);

        server.nanos.addAndGet(TimeUnit.SECONDS.toNanos(301));
        final Exchange newcomer = server.call(
                loop, false, exchange -> TestMessages.placeHold(exchange.message(), "d", "n", "", UUID.randomUUID()));

        assertThat(Outcome.verdict(newcomer)).isEqualTo("HELD");
        assertThat(server.core.liveHolds())
                .as("one command's share and one of the idle command were emitted beside it")
                .isEqualTo(HOLDS + 1 - 2 * Limits.DUE_EVENTS_PER_COMMAND_MAX);
        for (int i = 0; i < HOLDS / Limits.DUE_EVENTS_PER_COMMAND_MAX; i++) {
            server.step();
        }
        assertThat(server.core.liveHolds()).isOne();
        server.journal.close();
    }
}
