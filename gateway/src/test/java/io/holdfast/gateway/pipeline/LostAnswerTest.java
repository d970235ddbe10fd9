package io.holdfast.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.gateway.pipeline.TestClient.Outcome;
import io.holdfast.gateway.sequencer.Exchange;
import io.holdfast.gateway.sequencer.Submission;
import io.holdfast.journal.FaultyFiles;
import io.holdfast.journal.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Faults 2, 3, 30 and 33: an exchange that was accepted comes back exactly once, and a failure is always heard of,
 * whichever part throws and when.
 */
@Timeout(300)
class LostAnswerTest {
    private final FaultyFiles files = new FaultyFiles(new SimulatedDisk());
    private final OutOfMemoryError noMemory = new OutOfMemoryError("a fault for the test");

    private SteppedServer server;
    private SteppedServer.Loop loop;

    @BeforeEach
    void startWithDrop() throws Exception {
        server = new SteppedServer(Path.of("/data"), files);
        loop = server.openLoop();
        loop.command(exchange -> TestMessages.createDrop(exchange.message(), "d", 100_000, 300));
        server.step();
        loop.runTasks();
        loop.answered.clear();
    }

    private Exchange placeHold(final SteppedServer.Loop at) {
        return at.command(exchange -> TestMessages.placeHold(exchange.message(), "d", "b", "", UUID.randomUUID()));
    }

    private void runWriterToItsEnd() throws InterruptedException {
        final Thread thread = server.runWriter();
        thread.join(TimeUnit.SECONDS.toMillis(20));
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void shouldAnswerNothingBeforeTheStepAndEachOnceAfterIt() throws Exception {
        final Exchange first = placeHold(loop);
        final Exchange second = placeHold(loop);
        assertThat(loop.runTasks()).isZero();

        server.step();

        assertThat(loop.answered).isEmpty();
        assertThat(loop.runTasks()).isOne();
        assertThat(loop.answered).containsExactly(first, second);
        assertThat(loop.answered).allMatch(Exchange::isAnswered);
    }

    @Test
    void shouldScheduleOneTaskHoweverManyBatchesWereAnswered() throws Exception {
        placeHold(loop);
        server.step();
        placeHold(loop);
        server.step();

        assertThat(loop.runTasks()).isOne();
        assertThat(loop.answered).hasSize(2);
    }

    @Test
    void shouldRefuseAtOnceWhenTheRingIsFull() throws Exception {
        for (int i = 0; i < SteppedServer.RING_SIZE; i++) {
            placeHold(loop);
        }
        final Exchange tooMuch =
                SteppedServer.Loop.exchange(exchange -> TestMessages.queryDrop(exchange.message(), "d"), true);

        assertThat(loop.submit(tooMuch)).isEqualTo(Submission.OVERLOADED);
        server.step();
        loop.runTasks();
        assertThat(loop.answered).hasSize(SteppedServer.RING_SIZE).doesNotContain(tooMuch);
        assertThat(loop.submit(tooMuch)).isEqualTo(Submission.ACCEPTED);
    }

    @Test
    void shouldKeepWhatIsInTheRingUnansweredUntilItIsDurable() throws Exception {
        placeHold(loop);
        files.fail(FaultyFiles.Operation.SYNC, ".log", "Input/output error");

        assertThatThrownBy(server::step).hasMessageContaining("Input/output error");

        assertThat(loop.runTasks()).isZero();
    }

    @Test
    void shouldAnswerWhatIsInTheRingWhenToldToStop() throws Exception {
        placeHold(loop);
        placeHold(loop);
        server.writer.stop();

        runWriterToItsEnd();
        loop.runTasks();

        assertThat(loop.answered).hasSize(2).allMatch(Exchange::isAnswered);
        assertThat(server.failures).isEmpty();
    }

    @Test
    void shouldRefuseToAnswerWhatIsNotDurable() {
        final Responder responder = new Responder(server.journal);
        final long durable = server.journal.durableSequence();
        responder.hold(loop.lane(), new Exchange());

        assertThatThrownBy(() -> responder.respond(durable + 1)).hasMessageContaining("only " + durable + " durable");
        server.journal.buffer().putLong(server.journal.claim(Long.BYTES), -1);
        server.journal.endRecord(durable + 1, server.core.timeMs(), Long.BYTES);
        assertThatThrownBy(() -> responder.respond(durable)).hasMessageContaining("durable");

        assertThat(loop.runTasks()).isZero();
    }

    @Test
    void shouldTellEveryLaneThatTheOutcomeIsUnknownWhenTheWriterFails() throws Exception {
        final SteppedServer.Loop other = server.openLoop();
        placeHold(loop);
        placeHold(other);
        loop.command(TestMessages::poison);
        placeHold(other);

        runWriterToItsEnd();

        assertThat(server.failures).hasSize(1);
        loop.runTasks();
        other.runTasks();
        assertThat(loop.answered).hasSize(2).noneMatch(Exchange::isAnswered);
        assertThat(other.answered).hasSize(2).noneMatch(Exchange::isAnswered);
        assertThat(loop.submit(new Exchange())).isEqualTo(Submission.UNAVAILABLE);
    }

    @Test
    void shouldTellThoseWhoPublishAfterTheWriterFailed() throws Exception {
        loop.command(TestMessages::poison);
        final long claimed = server.ring.buffer().tryNext();
        final Exchange behind = placeHold(loop);
        final Exchange late = new Exchange();
        server.whenAwaited = () -> {
            server.ring.buffer().get(claimed).set(loop.lane(), late);
            server.ring.buffer().publish(claimed);
        };

        runWriterToItsEnd();
        loop.runTasks();

        assertThat(loop.answered).hasSize(3).contains(behind, late).noneMatch(Exchange::isAnswered);
    }

    @Test
    void shouldHearThoseBehindAndHaltWhenAnAnswersHandlerThrows() throws Exception {
        placeHold(loop);
        placeHold(loop);
        loop.onAnswer = exchange -> {
            if (loop.answered.size() == 1) {
                throw noMemory;
            }
        };
        server.step();

        loop.runTasks();

        assertThat(loop.answered).hasSize(2);
        assertThat(server.failures).containsExactly(noMemory);
    }

    @Test
    void shouldHaltAndTellTheOtherLanesWhenAnEventLoopThrows() throws Exception {
        final SteppedServer.Loop other = server.openLoop();
        placeHold(loop);
        placeHold(other);
        loop.door = task -> {
            throw noMemory;
        };

        runWriterToItsEnd();

        assertThat(server.failures).containsExactly(noMemory);
    }

    @Test
    void shouldTellEverybodyWhenAnEventLoopThrewOnce() throws Exception {
        final SteppedServer.Loop other = server.openLoop();
        final Exchange durable = placeHold(loop);
        placeHold(other);
        final var door = loop.door;
        loop.door = task -> {
            loop.door = door;
            throw noMemory;
        };

        runWriterToItsEnd();
        loop.runTasks();
        other.runTasks();

        assertThat(server.failures).containsExactly(noMemory);
        assertThat(loop.answered).containsExactly(durable);
        assertThat(other.answered).hasSize(1);
    }

    @Test
    void shouldHaltWhenTellingThoseWhoWaitFailsLikeTheStepDid() throws Exception {
        placeHold(loop);
        final AtomicReference<Throwable> uncaught = new AtomicReference<>();
        files.fault((operation, path, length) -> {
            throw noMemory;
        });
        loop.door = task -> {
            throw noMemory;
        };

        final Thread thread = new Thread(server.writer, "stepped-writer");
        thread.setUncaughtExceptionHandler((dead, failure) -> uncaught.set(failure));
        thread.start();
        thread.join(TimeUnit.SECONDS.toMillis(20));

        assertThat(server.failures).hasSize(1);
        assertThat(uncaught.get()).isSameAs(noMemory);
    }

    @Test
    void shouldRestWhileAnEventLoopHasClaimedAndNotPublished() throws Exception {
        final Thread thread = server.runWriter();
        final long claimed = server.ring.buffer().tryNext();
        final long before = server.writer.steps();
        soon().until(() -> server.writer.steps() > before + 100);

        soon().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        server.ring
                .buffer()
                .get(claimed)
                .set(
                        loop.lane(),
                        SteppedServer.Loop.exchange(exchange -> TestMessages.queryDrop(exchange.message(), "d"), true));
        server.ring.buffer().publish(claimed);

        soon().until(() -> loop.runTasks() == 1);
        assertThat(Outcome.verdict(loop.answered.get(0))).isEqualTo("OK");
        server.writer.stop();
        thread.join();
        assertThat(server.failures).isEmpty();
    }

    @Test
    void shouldHaltWhenASyncNeverReturnsThoughTheRingIsEmpty() throws Exception {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);
        files.fault((operation, path, length) -> {
            if (operation == FaultyFiles.Operation.SYNC) {
                begun.countDown();
                awaitRelease(released);
            }
            return length;
        });
        final Watchdog watchdog = new Watchdog(server.writer, server.ring, 3, server.failures::add);
        final Thread thread = server.runWriter();
        placeHold(loop);
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

        tick(watchdog, 3);
        assertThat(server.failures).isEmpty();
        tick(watchdog, 3);

        assertThat(server.failures).hasSize(1);
        released.countDown();
        server.writer.stop();
        thread.join();
    }

    @Test
    void shouldHaltWhenASlotIsClaimedAndNeverPublished() throws Exception {
        final Watchdog watchdog = new Watchdog(server.writer, server.ring, 3, server.failures::add);
        final Thread thread = server.runWriter();
        final long claimed = server.ring.buffer().tryNext();

        for (int i = 0; i < 4; i++) {
            final long before = server.writer.steps();
            soon().until(() -> server.writer.steps() > before + 2);
            watchdog.tick();
        }

        assertThat(server.failures).hasSize(1);
        server.ring.buffer().get(claimed).set(loop.lane(), placeHoldExchange());
        server.ring.buffer().publish(claimed);
        server.writer.stop();
        thread.join();
    }

    @Test
    void shouldNotHaltWhileIdleOrAtWork() throws Exception {
        final Watchdog watchdog = new Watchdog(server.writer, server.ring, 3, server.failures::add);
        final Thread thread = server.runWriter();

        soon().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        tick(watchdog, 10);
        for (int i = 0; i < 10; i++) {
            placeHold(loop);
            final int count = i + 1;
            soon().until(() -> {
                loop.runTasks();
                return loop.answered.size() == count;
            });
            watchdog.tick();
        }

        assertThat(server.failures).isEmpty();
        server.writer.stop();
        thread.join();
    }

    private static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }

    private static Exchange placeHoldExchange() {
        return SteppedServer.Loop.exchange(
                exchange -> TestMessages.placeHold(exchange.message(), "d", "b", "", UUID.randomUUID()), false);
    }

    private static void tick(final Watchdog watchdog, final int times) {
        for (int i = 0; i < times; i++) {
            watchdog.tick();
        }
    }

    private static void awaitRelease(final CountDownLatch released) throws IOException {
        try {
            if (!released.await(20, TimeUnit.SECONDS)) {
                throw new IOException("the test never released the sync");
            }
        } catch (final InterruptedException e) {
            throw new IOException(e);
        }
    }
}
