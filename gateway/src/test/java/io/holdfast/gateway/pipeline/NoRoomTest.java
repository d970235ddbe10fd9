package io.holdfast.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.gateway.pipeline.TestClient.Outcome;
import io.holdfast.gateway.sequencer.Exchange;
import io.holdfast.gateway.sequencer.Submission;
import io.holdfast.journal.FaultyFiles;
import io.holdfast.journal.SimulatedDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Fault 17 to its end: the spare segment is used up, too, and then space returns. */
@Timeout(300)
class NoRoomTest {
    private static final int HOLDS = 50;

    private final SimulatedDisk disk = new SimulatedDisk();
    private final FaultyFiles files = new FaultyFiles(disk);

    private SteppedServer server;
    private SteppedServer.Loop loop;
    private int payments;

    @BeforeEach
    void fillTheDisk() throws Exception {
        server = new SteppedServer(Path.of("/data"), files);
        loop = server.openLoop();
        server.call(loop, false, exchange -> TestMessages.createDrop(exchange.message(), "d", 100_000, 300));
        for (int i = 0; i < HOLDS; i++) {
            final UUID hold = new UUID(1, i);
            loop.command(exchange -> TestMessages.placeHold(exchange.message(), "d", "b", "", hold));
        }
        server.step();
        loop.runTasks();
        files.reserve(Long.MAX_VALUE / 2);
        while (!server.journal.isFull()) {
            pay();
        }
    }

    /** Money for a hold that nobody knows is recorded all the same: the largest use of room that goes on. */
    private void pay() throws Exception {
        for (int i = 0; i < 200 && server.journal.hasRoom(); i++) {
            final String payment = "payment-" + payments++;
            loop.command(exchange -> TestMessages.recordPayment(exchange.message(), payment, new UUID(2, payments)));
        }
        server.step();
        loop.runTasks();
    }

    private void useUpTheSpare() throws Exception {
        while (server.journal.hasRoom()) {
            pay();
        }
    }

    private Submission submit(final boolean isHold) {
        return loop.submit(SteppedServer.Loop.exchange(
                exchange -> isHold
                        ? TestMessages.placeHold(exchange.message(), "d", "b", "", UUID.randomUUID())
                        : TestMessages.releaseHold(exchange.message(), new UUID(1, 0)),
                false));
    }

    @Test
    void shouldRefuseHoldsAndReleaseAndExpireInTheSpare() throws Exception {
        assertThat(submit(true)).isEqualTo(Submission.JOURNAL_FULL);
        assertThat(submit(false)).isEqualTo(Submission.ACCEPTED);
        server.step();
        assertThat(server.core.liveHolds()).isEqualTo(HOLDS - 1);

        server.nanos.addAndGet(TimeUnit.SECONDS.toNanos(301));
        server.step();

        assertThat(server.core.liveHolds()).isZero();
        assertThat(server.journal.durableSequence()).isEqualTo(server.core.sequence());
    }

    @Test
    void shouldGiveBackUndecidedWhatWasAdmittedJustBeforeTheRoomWasGone() throws Exception {
        final Exchange release = loop.command(exchange -> TestMessages.releaseHold(exchange.message(), new UUID(1, 0)));
        final Exchange query = loop.query(exchange -> TestMessages.queryHold(exchange.message(), new UUID(1, 0)));
        final SteppedServer.Loop other = server.openLoop();
        final Exchange last = other.command(exchange -> TestMessages.releaseHold(exchange.message(), new UUID(1, 1)));
        takeRoomBefore();
        server.step();
        loop.runTasks();
        other.runTasks();

        assertThat(loop.answered).endsWith(release, query);
        assertThat(release.isAnswered()).isFalse();
        assertThat(Outcome.verdict(query)).isEqualTo("HELD");
        assertThat(other.answered).containsExactly(last);
        assertThat(last.isAnswered()).isFalse();
        assertThat(server.core.liveHolds()).isEqualTo(HOLDS);
        assertThat(server.failures).isEmpty();
    }

    /** Fills the journal to its end by records that pass by the ring. */
    private void takeRoomBefore() {
        long sequence = server.core.sequence();
        while (server.journal.hasRoom()) {
            final int offset = server.journal.claim(200_000);
            server.journal.buffer().setMemory(offset, 200_000, (byte) 0x55);
            server.journal.endRecord(++sequence, server.core.timeMs(), 200_000);
            server.journal.commit();
        }
    }

    @Test
    void shouldKeepWhatIsDueUntilThereIsRoomAgain() throws Exception {
        useUpTheSpare();
        final long sequence = server.core.sequence();

        assertThat(submit(false)).isEqualTo(Submission.JOURNAL_FULL);
        server.nanos.addAndGet(TimeUnit.SECONDS.toNanos(301));
        for (int i = 0; i < 10; i++) {
            server.step();
        }
        final Exchange read =
                server.call(loop, true, exchange -> TestMessages.queryHold(exchange.message(), new UUID(1, 1)));

        assertThat(Outcome.verdict(read)).isEqualTo("HELD");
        assertThat(server.core.sequence()).isEqualTo(sequence);
        files.reserve(0);
        await().atMost(Duration.ofSeconds(20)).until(() -> !server.journal.isFull());
        server.step();
        assertThat(server.core.liveHolds()).isZero();
        assertThat(server.failures).isEmpty();
        assertThat(submit(true)).isEqualTo(Submission.ACCEPTED);
    }

    @Test
    void shouldRestWhileSomethingIsDueAndThereIsNoRoom() throws Exception {
        useUpTheSpare();
        server.nanos.addAndGet(TimeUnit.SECONDS.toNanos(301));

        final Thread thread = server.runWriter();

        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        server.writer.stop();
        thread.join();
        assertThat(server.failures).isEmpty();
    }
}
