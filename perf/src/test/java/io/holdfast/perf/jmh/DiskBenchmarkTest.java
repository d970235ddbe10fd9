package io.holdfast.perf.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.holdfast.journal.JournalConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class DiskBenchmarkTest {
    private static final int BATCH = 8;

    /** Small: each journal fills two segments with zeros before it can go. */
    private static JournalConfig small(final Path data) {
        return new JournalConfig(data, 4 * 1_024 * 1_024, 512 * 1_024, 0);
    }

    @Test
    void shouldMakeEachBatchDurableWhenSynced() throws Exception {
        assertCommits(new JournalBenchmark.Durable() {
            @Override
            JournalConfig config(final Path data) {
                return small(data);
            }
        });
    }

    @Test
    void shouldWriteEachBatchWhenTheSyncIsLeftOut() throws Exception {
        assertCommits(new JournalBenchmark.Written() {
            @Override
            JournalConfig config(final Path data) {
                return small(data);
            }
        });
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
        final JournalBenchmark.Gathered journal = new JournalBenchmark.Gathered() {
            @Override
            JournalConfig config(final Path data) {
                return small(data);
            }
        };
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
        final PipelineBenchmark.Loop loop = new PipelineBenchmark.Loop() {
            @Override
            JournalConfig config(final Path data) {
                return small(data);
            }
        };
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
