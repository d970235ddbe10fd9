package io.holdfast.perf.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DiskBenchmarkTest {
    private static final int BATCH = 8;

    @Test
    void shouldMakeEachBatchDurableWhenSynced() throws Exception {
        assertCommits(new JournalBenchmark.Durable());
    }

    @Test
    void shouldWriteEachBatchWhenTheSyncIsLeftOut() throws Exception {
        assertCommits(new JournalBenchmark.Written());
    }

    private static void assertCommits(final JournalBenchmark.Durable journal) throws Exception {
        journal.batch = BATCH;
        journal.open();

        journal.awaitRoom();
        journal.append();
        final long first = journal.commit();
        journal.awaitRoom();
        journal.append();
        final long second = journal.commit();

        assertThat(second - first).isGreaterThan((long) BATCH * JournalBenchmark.Durable.PAYLOAD_LENGTH);
        journal.close();
    }

    @Test
    void shouldRefuseTheFiguresWhenRecordsAreNotDurable() throws Exception {
        final JournalBenchmark.Gathered journal = new JournalBenchmark.Gathered();
        journal.batch = BATCH;
        journal.open();
        journal.append();
        journal.commitUnmeasured();
        journal.append();
        journal.append();
        journal.commitUnmeasured();

        assertThatIllegalStateException()
                .isThrownBy(journal::close)
                .withMessage("2 syncs and 24 durable records, not 2 of 8 each");
    }

    @Test
    void shouldHoldAndReleaseInTurnWhenThePipelineDecides() throws Exception {
        final PipelineBenchmark.Loop loop = new PipelineBenchmark.Loop();
        loop.inFlight = 32;
        loop.start();
        try {
            loop.renew();
            final int held = loop.run();
            loop.check();

            assertThat(held).isEqualTo(1_024);
        } finally {
            loop.stop();
        }
    }
}
