package io.holdfast.perf.jmh;

import io.holdfast.core.StateMachine;
import io.holdfast.gateway.pipeline.Pipeline;
import io.holdfast.gateway.pipeline.PipelineConfig;
import io.holdfast.gateway.sequencer.Exchange;
import io.holdfast.gateway.sequencer.Lane;
import io.holdfast.gateway.sequencer.Submission;
import io.holdfast.journal.Journal;
import io.holdfast.journal.JournalConfig;
import io.holdfast.journal.JournalFiles;
import io.holdfast.perf.jmh.Verdicts.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Ring, core, journal and answer without HTTP, on a real disk: durable decisions one after the other, so many under
 * way at any time. One operation is one decision; its time is one over the rate, not the time that it takes.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PipelineBenchmark {
    private static final int DECISIONS = 2_048;

    /** What an exchange asked for last. */
    private static final class Press {
        private long hold;
        private boolean isHeld;
    }

    /** One event loop and a pipeline. Each exchange places a hold and then releases it, and so on. */
    @State(Scope.Thread)
    public static class Loop {
        private static final byte[] DROP = "spring-drop".getBytes(StandardCharsets.US_ASCII);
        private static final int CAPACITY = 1_000_000;
        private static final int HOLD_SECONDS = 300;
        private static final int TASKS_MAX = 64;
        private static final long HASH_SEED = 0x5EED;
        private static final long ANSWER_SECONDS_MAX = 60;
        private static final long JOURNAL_LENGTH_MAX = 1L << 30;
        private static final long STOP_MS_MAX = 10_000;

        @Param({"1", "32", "256", "1024"})
        public int inFlight;

        private final SaleCommands commands = new SaleCommands();
        private final Verdicts verdicts = new Verdicts();
        private final BlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(TASKS_MAX);
        private final Deque<Exchange> idle = new ArrayDeque<>();

        private WorkDirectory directory;
        private Journal journal;
        private Pipeline pipeline;
        private Lane lane;

        /** Set from the writer's thread, thrown on ours. */
        private volatile Throwable failure;

        private long nextHold;
        private int held;
        private int released;
        private int others;

        @Setup(Level.Trial)
        public void start() throws IOException, InterruptedException {
            reset();
            directory = WorkDirectory.make();
            journal = Journal.open(config(directory.path()), JournalFiles.real());
            journal.start();
            pipeline = new Pipeline(
                    PipelineConfig.DEFAULT,
                    new StateMachine(HASH_SEED),
                    journal,
                    System::currentTimeMillis,
                    failed -> failure = failed);
            pipeline.start(journal.recovery().epoch(), "jmh", 0);
            lane = pipeline.openLane(tasks::add, this::take, inFlight);
            final Exchange first = new Exchange();
            first.ready(commands.createDrop(first.message(), DROP, CAPACITY, HOLD_SECONDS), false);
            submit(first);
            lane.flush();
            awaitAnswers(1);
            idle.clear();
            for (int i = 0; i < inFlight; i++) {
                final Exchange exchange = new Exchange();
                exchange.context(new Press());
                idle.add(exchange);
            }
        }

        JournalConfig config(final Path data) {
            return JournalConfig.defaults(data);
        }

        /** Begins with another journal when this one has grown large, and counts from here on. */
        @Setup(Level.Invocation)
        public void renew() throws IOException, InterruptedException {
            if (journal.durablePosition() > JOURNAL_LENGTH_MAX) {
                stop();
                start();
            }
            reset();
        }

        private void reset() {
            held = 0;
            released = 0;
            others = 0;
        }

        private void take(final Exchange exchange) {
            switch (exchange.isAnswered() ? verdicts.of(exchange.answer()) : Verdict.OTHER) {
                case HELD -> held++;
                case RELEASED -> released++;
                default -> others++;
            }
            idle.add(exchange);
        }

        private void submit(final Exchange exchange) {
            final Submission submission = lane.submit(exchange);
            if (submission != Submission.ACCEPTED) {
                throw new IllegalStateException("the pipeline says " + submission, failure);
            }
        }

        private int answers() {
            return held + released + others;
        }

        /** Runs tasks until so many answers are there. */
        private void awaitAnswers(final int count) throws InterruptedException {
            while (answers() < count) {
                final Runnable task = tasks.poll(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
                if (task == null) {
                    throw new IllegalStateException("no answer within " + ANSWER_SECONDS_MAX + " s", failure);
                }
                task.run();
            }
        }

        /** Submits whatever is idle, a pass at a time, until all decisions are asked for and answered. */
        int run() throws InterruptedException {
            int submitted = 0;
            while (submitted < DECISIONS) {
                for (; !idle.isEmpty() && submitted < DECISIONS; submitted++) {
                    submit(next(idle.poll()));
                }
                lane.flush();
                awaitAnswers(Math.min(answers() + 1, submitted));
            }
            awaitAnswers(DECISIONS);
            return held;
        }

        /** A hold, or, where the exchange got one, its release. */
        private Exchange next(final Exchange exchange) {
            final Press press = (Press) exchange.context();
            if (press.isHeld) {
                exchange.ready(commands.release(exchange.message(), press.hold), false);
            } else {
                press.hold = nextHold++;
                exchange.ready(commands.place(exchange.message(), DROP, press.hold, press.hold, press.hold), false);
            }
            press.isHeld = !press.isHeld;
            return exchange;
        }

        /** Throws unless as many were held and released as were asked for. */
        @TearDown(Level.Invocation)
        public void check() {
            if (answers() != DECISIONS || others != 0 || Math.abs(held - released) > inFlight) {
                throw new IllegalStateException("of " + DECISIONS + " decisions " + held + " held, " + released
                        + " released, " + others + " neither");
            }
        }

        @TearDown(Level.Trial)
        public void stop() throws IOException, InterruptedException {
            final CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(this::stopPipeline);
            // The pipeline asks its event loops whether they have passed, and this thread is one.
            while (!stopped.isDone()) {
                final Runnable task = tasks.poll(1, TimeUnit.MILLISECONDS);
                if (task != null) {
                    task.run();
                }
            }
            journal.close();
            directory.close();
            if (failure != null || !stopped.join()) {
                throw new IllegalStateException("the pipeline failed, or did not stop in time", failure);
            }
        }

        private boolean stopPipeline() {
            try {
                return pipeline.stop(STOP_MS_MAX);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(DECISIONS)
    public int decide(final Loop loop) throws InterruptedException {
        return loop.run();
    }
}
