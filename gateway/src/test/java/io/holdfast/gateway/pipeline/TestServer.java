package io.holdfast.gateway.pipeline;

import io.holdfast.core.StateMachine;
import io.holdfast.journal.Journal;
import io.holdfast.journal.JournalConfig;
import io.holdfast.journal.JournalFiles;
import io.holdfast.settlement.log.JournalLog;
import io.holdfast.settlement.state.StateRecovery;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A recovered core, a real journal and a pipeline over them: the server without its edge. */
final class TestServer implements AutoCloseable {
    static final int SEGMENT_LENGTH = 4 * 1_024 * 1_024;
    static final int BATCH_LENGTH_MAX = 512 * 1_024;

    private static final PipelineConfig SMALL_RING = new PipelineConfig(
            1_024,
            PipelineConfig.DEFAULT.spinNs(),
            PipelineConfig.DEFAULT.restNs(),
            PipelineConfig.DEFAULT.commitIntervalNs(),
            PipelineConfig.DEFAULT.busyRecordsPerCommit());

    final Journal journal;
    final Pipeline pipeline;
    final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    private TestServer(final Path data, final JournalFiles files, final PipelineConfig config) {
        journal = Journal.open(new JournalConfig(data, SEGMENT_LENGTH, BATCH_LENGTH_MAX, 0), files);
        final StateMachine core = new StateRecovery(new JournalLog(journal, data, files), 42, records -> {}).recover();
        journal.start();
        pipeline = new Pipeline(config, core, journal, System::currentTimeMillis, failure::complete);
        pipeline.start(journal.recovery().epoch(), "test", 0);
    }

    static TestServer start(final Path data, final JournalFiles files) {
        return new TestServer(data, files, SMALL_RING);
    }

    static TestServer start(final Path data) {
        return start(data, JournalFiles.real());
    }

    Throwable awaitFailure() throws Exception {
        return failure.get(20, TimeUnit.SECONDS);
    }

    boolean stop() throws InterruptedException {
        return pipeline.stop(10_000);
    }

    @Override
    public void close() {
        try {
            pipeline.stop(10_000);
        } catch (final InterruptedException e) {
            throw new AssertionError("interrupted while stopping", e);
        }
        journal.close();
    }
}
