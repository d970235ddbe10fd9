package io.holdfast.perf.ring;

import io.holdfast.gateway.pipeline.PipelineConfig;
import io.holdfast.gateway.pipeline.WriterProbe;
import io.holdfast.journal.JournalConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One round of one load: a fresh journal and pipeline, the load, and the question whether everything adds up. */
final class RingRound {
    private static final Duration SETTLE = Duration.ofMillis(100);
    private static final int DRAIN_SECONDS_MAX = 60;

    private final RingConfig config;
    private final RingLoad load;
    private final Path directory;

    RingRound(final RingConfig config, final RingLoad load, final Path directory) {
        this.config = config;
        this.load = load;
        this.directory = directory;
    }

    RoundResult run() throws IOException, InterruptedException {
        final PipelineConfig pipeline = new PipelineConfig(
                PipelineConfig.DEFAULT.ringSize(),
                load.spinNs(),
                PipelineConfig.DEFAULT.restNs(),
                load.commitIntervalNs(),
                PipelineConfig.DEFAULT.busyRecordsPerCommit());
        final JournalConfig defaults = JournalConfig.defaults(directory);
        final JournalConfig journal = new JournalConfig(
                directory, config.segmentLength(), defaults.batchLengthMax(), defaults.diskReserveBytes());
        final WriterProbe probe = load.isStaged() ? new StageProbe(config.inFlightMax()) : new WriterProbe();
        try (RingServer server = new RingServer(journal, pipeline, probe)) {
            server.call(
                    exchange -> HoldCommands.createDrop(exchange, HoldCommands.PLENTY, HoldCommands.PLENTY_CAPACITY));
            server.call(exchange -> HoldCommands.createDrop(exchange, HoldCommands.NONE_LEFT, 1));
            server.call(new HoldCommands(AnswerMix.SOLD_OUT, RingConfig.PRODUCERS_MAX)::encodeNext);
            return run(server);
        } finally {
            Directories.delete(directory);
        }
    }

    private RoundResult run(final RingServer server) throws InterruptedException {
        final long startNs = System.nanoTime() + SETTLE.toNanos();
        final long measureNs = startNs + config.schedule().warmUp().toNanos();
        final long endNs = measureNs + config.schedule().measured().toNanos();
        final List<ProducerLoop> producers = new ArrayList<>();
        for (int i = 0; i < load.producers(); i++) {
            final ProducerPlan plan = new ProducerPlan(
                    load,
                    i,
                    Math.max(1, config.inFlightMax() / load.producers()),
                    config.producerWait(),
                    new ProducerPlan.Span(startNs, measureNs, endNs));
            producers.add(new ProducerLoop(server.sequencer(), plan));
        }
        try {
            awaitNs(startNs);
            producers.forEach(ProducerLoop::start);
            awaitNs(measureNs);
            final Effort before = Effort.now(server.syncs());
            awaitNs(endNs);
            final Effort effort = Effort.now(server.syncs()).since(before);
            awaitAnswers(producers);
            server.stop();
            endAll(producers);
            return result(server, producers, effort);
        } finally {
            endAll(producers);
        }
    }

    private static void endAll(final List<ProducerLoop> producers) throws InterruptedException {
        for (final ProducerLoop producer : producers) {
            producer.end();
        }
    }

    private static void awaitNs(final long untilNs) throws InterruptedException {
        for (long leftNs = untilNs - System.nanoTime(); leftNs > 0; leftNs = untilNs - System.nanoTime()) {
            LockSupport.parkNanos(leftNs);
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted in the middle of a round");
            }
        }
    }

    /** Commands that are not answered by then are counted as lost; a producer that died has failed the round. */
    private static void awaitAnswers(final List<ProducerLoop> producers) throws InterruptedException {
        final CompletableFuture<Void> all = CompletableFuture.allOf(
                producers.stream().map(ProducerLoop::isDone).toArray(CompletableFuture[]::new));
        try {
            all.completeOnTimeout(null, DRAIN_SECONDS_MAX, TimeUnit.SECONDS).get();
        } catch (final ExecutionException e) {
            throw new IllegalStateException("a producer failed: " + e.getCause().getMessage(), e.getCause());
        }
    }

    private RoundResult result(final RingServer server, final List<ProducerLoop> producers, final Effort effort) {
        final Verdicts verdicts = new Verdicts();
        final Latencies latencies = new Latencies();
        final Timeline timeline = new Timeline(config.schedule().measured().toNanos());
        long refused = 0;
        long journalFull = 0;
        long unanswered = 0;
        for (final ProducerLoop producer : producers) {
            verdicts.add(producer.verdicts());
            latencies.add(producer.latencies());
            timeline.add(producer.timeline());
            refused += producer.refused();
            journalFull += producer.journalFull();
            unanswered += producer.inFlight();
        }
        final RoundResult.Losses losses = new RoundResult.Losses(refused, journalFull, unanswered);
        final List<String> faults = RoundResult.faults(load, verdicts, losses, server.heldByDrop());
        return new RoundResult(load, verdicts, losses, latencies, timeline, effort, faults);
    }
}
