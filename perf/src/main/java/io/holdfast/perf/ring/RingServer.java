package io.holdfast.perf.ring;

import io.holdfast.core.StateMachine;
import io.holdfast.core.message.DropImageDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.gateway.Build;
import io.holdfast.gateway.pipeline.Pipeline;
import io.holdfast.gateway.pipeline.PipelineConfig;
import io.holdfast.gateway.pipeline.WriterProbe;
import io.holdfast.gateway.sequencer.AnswerHandler;
import io.holdfast.gateway.sequencer.Exchange;
import io.holdfast.gateway.sequencer.Lane;
import io.holdfast.gateway.sequencer.Sequencer;
import io.holdfast.gateway.sequencer.Submission;
import io.holdfast.journal.Journal;
import io.holdfast.journal.JournalConfig;
import io.holdfast.journal.JournalFiles;
import io.holdfast.settlement.state.SlabReserve;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A server without its edge and its followers, over a journal of its own: what is measured. */
final class RingServer implements AutoCloseable {
    private static final int CALL_SECONDS_MAX = 30;
    private static final long STOP_MS_MAX = 30_000;
    private static final long ABANDON_MS_MAX = 5_000;
    private static final long HASH_SEED = 42;

    private final Journal journal;
    private final SlabReserve memory;
    private final StateMachine core;
    private final Pipeline pipeline;
    private final SyncTally syncs = new SyncTally();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final ExecutorService callers = Executors.newSingleThreadExecutor();
    private final Lane calls;

    /** Opens a new journal, and starts. */
    RingServer(final JournalConfig journalConfig, final PipelineConfig config, final WriterProbe probe) {
        journal = Journal.open(journalConfig, JournalFiles.real());
        memory = SlabReserve.start();
        core = new StateMachine(HASH_SEED, memory);
        journal.syncListener(syncs);
        journal.start();
        pipeline = new Pipeline(config, core, journal, System::currentTimeMillis, failure::complete);
        pipeline.probe(probe);
        pipeline.start(journal.recovery().epoch(), Build.version(), 0);
        final AnswerHandler handler = RingServer::complete;
        calls = pipeline.openLane(callers, handler, 1);
    }

    @SuppressWarnings("unchecked")
    private static void complete(final Exchange exchange) {
        ((CompletableFuture<Exchange>) exchange.context()).complete(exchange);
    }

    /** Submits what the encoder made ready, and waits for its answer. */
    void call(final Consumer<Exchange> encoder) throws InterruptedException {
        final Exchange exchange = new Exchange();
        final CompletableFuture<Exchange> answered = new CompletableFuture<>();
        exchange.context(answered);
        encoder.accept(exchange);
        callers.execute(() -> {
            final Submission submission = calls.submit(exchange);
            calls.flush();
            if (submission != Submission.ACCEPTED) {
                answered.completeExceptionally(new IllegalStateException("not taken: " + submission));
            }
        });
        try {
            if (!answered.get(CALL_SECONDS_MAX, TimeUnit.SECONDS).isAnswered()) {
                throw new IllegalStateException("the pipeline failed", failure.getNow(null));
            }
        } catch (final ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a command was not answered", e);
        }
    }

    Sequencer sequencer() {
        return pipeline;
    }

    /** Syncs and what they carried, as the writer sees them. */
    SyncTally syncs() {
        return syncs;
    }

    /**
     * Stops the pipeline; everything that was admitted is answered then.
     *
     * @throws IllegalStateException if it failed or did not stop in time
     */
    void stop() throws InterruptedException {
        if (!pipeline.stop(STOP_MS_MAX)) {
            throw new IllegalStateException("the pipeline did not stop cleanly", failure.getNow(null));
        }
    }

    /** After {@link #stop}: units held, by drop. */
    Map<String, Long> heldByDrop() {
        if (!pipeline.hasEnded()) {
            throw new IllegalStateException("the core is the pipeline's until it has ended");
        }
        final Map<String, Long> held = new HashMap<>();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final DropImageDecoder image = new DropImageDecoder();
        core.dropImages(0, (buffer, offset, length) -> {
            image.wrapAndApplyHeader(buffer, offset, header);
            long units = 0;
            for (final DropImageDecoder.SkusDecoder sku = image.skus(); sku.hasNext(); ) {
                sku.next();
                units += sku.held();
                sku.skipSku();
            }
            held.put(image.drop(), units);
        });
        return held;
    }

    /** After a {@link #stop}, or instead of one when the round failed. */
    @Override
    public void close() {
        try {
            if (!pipeline.hasEnded()) {
                pipeline.stop(ABANDON_MS_MAX);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        callers.shutdownNow();
        if (pipeline.hasEnded()) {
            journal.close();
            core.discard();
        }
        memory.close();
    }
}
