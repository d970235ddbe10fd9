package io.holdfast.gateway.warmup;

import io.holdfast.core.StateMachine;
import io.holdfast.gateway.Build;
import io.holdfast.gateway.EdgeConfig;
import io.holdfast.gateway.api.AdminDesk;
import io.holdfast.gateway.api.HttpEdge;
import io.holdfast.gateway.pipeline.JournalMetrics;
import io.holdfast.gateway.pipeline.Pipeline;
import io.holdfast.gateway.pipeline.PipelineConfig;
import io.holdfast.journal.Journal;
import io.holdfast.journal.JournalConfig;
import io.holdfast.journal.JournalFiles;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The way of a buy request in small: the same edge, pipeline, core and journal, on a free port of the loopback address, with
 * keys that nobody else has. Nothing follows its journal.
 */
final class StandIn implements AutoCloseable {
    private static final int SEGMENT_LENGTH = 4 * 1024 * 1024;
    private static final long STOP_MAX_MS = 30_000;

    private final EdgeConfig.Access access;
    private final StateMachine core;
    private final Journal journal;
    private final Pipeline pipeline;
    private final HttpEdge edge;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** What it failed of, if it did: whoever asks it is told. */
    private volatile Throwable failure;

    private InetSocketAddress address;

    /** What operators ask for beside the order of commands is nothing that a drop needs. */
    private static final class NoDesk implements AdminDesk {
        @Override
        public CompletionStage<Snapshot> snapshot() {
            return CompletableFuture.failedFuture(new UnsupportedOperationException("a stand-in makes no snapshots"));
        }

        @Override
        public CompletionStage<DeadLetters> deadLetters(final long after, final int limit) {
            return CompletableFuture.failedFuture(new UnsupportedOperationException("a stand-in sends no messages"));
        }
    }

    private StandIn(final Journal openJournal, final EdgeConfig.Limits limits) {
        journal = openJournal;
        access = new EdgeConfig.Access(newKey(), newKey(), List.of(newKey()), false, EdgeConfig.Browsers.NONE);
        core = new StateMachine(new SecureRandom().nextLong());
        pipeline = new Pipeline(
                withSmallRing(PipelineConfig.DEFAULT), core, journal, System::currentTimeMillis, this::fail);
        edge = new HttpEdge(
                edgeConfig(access, limits),
                new HttpEdge.Ports(pipeline, pipeline::dropImage, new NoDesk()),
                registry,
                System::currentTimeMillis,
                this::fail);
        JournalMetrics.bind(journal, registry);
    }

    private static String newKey() {
        return UUID.randomUUID().toString();
    }

    private static PipelineConfig withSmallRing(final PipelineConfig like) {
        return new PipelineConfig(
                PipelineConfig.RING_SIZE_MIN,
                like.spinNs(),
                like.restNs(),
                like.commitIntervalNs(),
                like.busyRecordsPerCommit());
    }

    private static EdgeConfig edgeConfig(final EdgeConfig.Access access, final EdgeConfig.Limits limits) {
        final EdgeConfig.Address free = new EdgeConfig.Address("127.0.0.1", 0);
        return new EdgeConfig(
                free,
                free,
                access,
                null,
                new EdgeConfig.Limits(2 * Crowd.BUYERS, limits.buyerRate(), limits.addressRate(), 1),
                EdgeConfig.Deadlines.DEFAULT);
    }

    /**
     * Starts one that keeps its journal in the directory.
     *
     * @param limits whose rates are its own, too
     * @throws IOException when the directory cannot be used, or no port is free; nothing of it is left open
     */
    static StandIn start(final Path directory, final long diskReserveBytes, final EdgeConfig.Limits limits)
            throws IOException {
        StandIn server = null;
        boolean isStarted = false;
        Journal journal = null;
        try {
            journal = Journal.open(
                    new JournalConfig(
                            directory,
                            SEGMENT_LENGTH,
                            JournalConfig.defaults(directory).batchLengthMax(),
                            diskReserveBytes),
                    JournalFiles.real());
            server = new StandIn(journal, limits);
            server.begin();
            isStarted = true;
            return server;
        } catch (final RuntimeException e) {
            throw new IOException("a stand-in cannot start: " + e.getMessage(), e);
        } finally {
            if (!isStarted && server != null) {
                server.close();
            } else if (!isStarted && journal != null) {
                journal.close();
            }
        }
    }

    private void begin() throws IOException {
        journal.start();
        pipeline.start(journal.recovery().epoch(), Build.version(), 0);
        address = edge.start();
    }

    InetSocketAddress address() {
        return address;
    }

    EdgeConfig.Access access() {
        return access;
    }

    private void fail(final Throwable broken) {
        failure = broken;
    }

    /** @throws IOException why it can go on no more, if it cannot */
    void requireSound() throws IOException {
        final Throwable broken = failure;
        if (broken != null) {
            throw new IOException("the stand-in failed: " + broken, broken);
        }
    }

    /**
     * The core's memory goes last, once nobody can look at it any more.
     *
     * @throws IOException when the disk is so slow that the writer does not end: then both stay
     */
    @Override
    public void close() throws IOException {
        edge.drain(Duration.ZERO);
        edge.close();
        registry.close();
        try {
            pipeline.stop(STOP_MAX_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!pipeline.hasEnded()) {
            throw new IOException("the stand-in's writer does not end");
        }
        journal.close();
        core.discard();
    }
}
