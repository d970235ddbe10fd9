package io.holdfast.gateway.pipeline;

import io.holdfast.core.Answer;
import io.holdfast.core.StateMachine;
import io.holdfast.core.message.MessageHeaderEncoder;
import io.holdfast.core.message.StartServerEncoder;
import io.holdfast.gateway.sequencer.AnswerHandler;
import io.holdfast.gateway.sequencer.Exchange;
import io.holdfast.gateway.sequencer.Submission;
import io.holdfast.journal.Journal;
import io.holdfast.journal.JournalConfig;
import io.holdfast.journal.JournalFiles;
import io.holdfast.settlement.log.JournalLog;
import io.holdfast.settlement.state.StateRecovery;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import org.agrona.ExpandableArrayBuffer;

/**
 * The pipeline's parts on the test's own thread, with a clock of the test's: nothing is decided before a step, no answer
 * is heard before the event loop of its lane runs.
 */
final class SteppedServer {
    static final int RING_SIZE = 1_024;
    private static final int SEGMENT_LENGTH = 1_024 * 1_024;
    private static final int BATCH_LENGTH_MAX = 256 * 1_024;
    private static final int IN_FLIGHT_MAX = 2_048;
    static final long WALL_CLOCK_MS = 1_000_000_000;

    final AtomicLong nanos = new AtomicLong(1);
    final List<Throwable> failures = new ArrayList<>();
    final Journal journal;
    final StateMachine core;
    final Ring ring;
    final StockImages images;
    final SingleWriter writer;

    /** Run by a writer that has failed, when it waits for submissions under way. */
    Runnable whenAwaited = () -> {};

    SteppedServer(final Path data, final JournalFiles files) {
        this(data, files, WALL_CLOCK_MS);
    }

    /**
     * Recovers and starts.
     *
     * @param wallClockMs what the wall clock says at the start
     */
    SteppedServer(final Path data, final JournalFiles files, final long wallClockMs) {
        journal = Journal.open(journalConfig(data), files);
        core = new StateRecovery(new JournalLog(journal, data, files), 42, records -> {}).recover();
        journal.start();
        final Admission admission = new Admission(journal);
        ring = new Ring(new PipelineConfig(RING_SIZE, 0, 0, 0, 1), admission);
        images = new StockImages(core, nanos::get);
        final Decider decider =
                new Decider(core, journal, new LogicalClock(core.timeMs(), () -> wallClockMs, nanos::get));
        journalStart(decider, wallClockMs);
        writer = new SingleWriter(
                ring, journal, decider, images, new CommitPacer(0, 0, 1), failures::add, () -> whenAwaited.run());
        ring.waitStrategy().bind();
        admission.open();
    }

    static JournalConfig journalConfig(final Path data) {
        return new JournalConfig(data, SEGMENT_LENGTH, BATCH_LENGTH_MAX, 0);
    }

    private void journalStart(final Decider decider, final long wallClockMs) {
        final ExpandableArrayBuffer command = new ExpandableArrayBuffer();
        final StartServerEncoder start = new StartServerEncoder();
        start.wrapAndApplyHeader(command, 0, new MessageHeaderEncoder())
                .epoch(journal.recovery().epoch())
                .wallClockMs(wallClockMs)
                .build("test");
        decider.decide(command, start.limit(), new Answer());
        journal.commit();
        images.publish();
    }

    /** One turn of the writer's wheel. */
    void step() throws Exception {
        writer.step();
    }

    /** Decides, answers and hears one exchange. */
    Exchange call(final Loop loop, final boolean isQuery, final ToIntFunction<Exchange> encoder) throws Exception {
        final Exchange exchange = isQuery ? loop.query(encoder) : loop.command(encoder);
        step();
        loop.runTasks();
        return exchange;
    }

    /** Has the writer run until it is stopped or fails. */
    Thread runWriter() {
        final Thread thread = new Thread(writer, "stepped-writer");
        thread.start();
        return thread;
    }

    Loop openLoop() {
        return openLoop(IN_FLIGHT_MAX);
    }

    Loop openLoop(final int inFlightMax) {
        return new Loop(this, inFlightMax);
    }

    /** An event loop whose tasks run when the test says so. */
    static final class Loop implements Executor, AnswerHandler {
        final List<Exchange> answered = new ArrayList<>();
        private final Queue<Runnable> tasks = new ArrayDeque<>();
        private final RingLane lane;

        /** What becomes of a task that is handed over; throws in tests of that. */
        Executor door = tasks::add;

        /** What the handler does with an answer first. */
        AnswerHandler onAnswer = exchange -> {};

        private Loop(final SteppedServer server, final int inFlightMax) {
            lane = new RingLane(server.ring, this, this, inFlightMax, server.failures::add);
        }

        @Override
        public synchronized void execute(final Runnable task) {
            door.execute(task);
        }

        @Override
        public void onAnswer(final Exchange exchange) {
            answered.add(exchange);
            onAnswer.onAnswer(exchange);
        }

        /** Runs what was handed over, and says how many tasks that were. */
        int runTasks() {
            int count = 0;
            for (Runnable task = next(); task != null; task = next()) {
                task.run();
                count++;
            }
            return count;
        }

        private synchronized Runnable next() {
            return tasks.poll();
        }

        Submission submit(final Exchange exchange) {
            return lane.submit(exchange);
        }

        Exchange command(final ToIntFunction<Exchange> encoder) {
            return submitted(encoder, false);
        }

        Exchange query(final ToIntFunction<Exchange> encoder) {
            return submitted(encoder, true);
        }

        private Exchange submitted(final ToIntFunction<Exchange> encoder, final boolean isQuery) {
            final Exchange exchange = exchange(encoder, isQuery);
            final Submission submission = lane.submit(exchange);
            if (submission != Submission.ACCEPTED) {
                throw new AssertionError("not accepted: " + submission);
            }
            lane.flush();
            return exchange;
        }

        static Exchange exchange(final ToIntFunction<Exchange> encoder, final boolean isQuery) {
            final Exchange exchange = new Exchange();
            exchange.ready(encoder.applyAsInt(exchange), isQuery);
            return exchange;
        }

        RingLane lane() {
            return lane;
        }
    }
}
