package io.holdfast.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.gateway.sequencer.Exchange;
import io.holdfast.journal.SimulatedDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class WriterProbeTest {
    private final SteppedServer server = new SteppedServer(Path.of("/data"), new SimulatedDisk());
    private final SteppedServer.Loop loop = server.openLoop();

    @Test
    void shouldHearEachStepOnceWhenABatchIsDecidedAndSynced() throws Exception {
        final List<String> heard = new ArrayList<>();
        final Exchange first = loop.command(each -> TestMessages.createDrop(each.message(), "d", 5, 300));
        final Exchange second =
                loop.command(each -> TestMessages.placeHold(each.message(), "d", "b", "", UUID.randomUUID()));
        server.writer.probe(new WriterProbe() {
            @Override
            public void onTaken(final Exchange exchange) {
                heard.add("taken " + (exchange == first ? 1 : 2));
            }

            @Override
            public void onDecided(final Exchange exchange) {
                heard.add("decided " + (exchange == first ? 1 : 2));
            }

            @Override
            public void onCommitBegin() {
                heard.add("commit, pending " + server.journal.pendingRecords());
            }

            @Override
            public void onCommitEnd() {
                heard.add("durable, answered " + loop.answered.size());
            }
        });

        server.step();
        loop.runTasks();

        assertThat(heard)
                .containsExactly(
                        "taken 1", "decided 1", "taken 2", "decided 2", "commit, pending 2", "durable, answered 0");
        assertThat(loop.answered).containsExactly(first, second);
    }

    @Test
    void shouldComeBackAtTheDeadlineWhenSpinningWouldTakeLonger() throws Exception {
        final ParkingWaitStrategy endless = new ParkingWaitStrategy(Long.MAX_VALUE);
        endless.bind();
        endless.deadlineNs(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1));

        final long available =
                endless.waitFor(1_000, server.ring.consumed(), server.ring.consumed(), server.ring.barrier());

        assertThat(available).isLessThan(1_000);
    }
}
