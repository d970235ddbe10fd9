package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hot path allocates nothing. */
class CommitAllocationTest {
    private static final int WARM_UP = 500;
    private static final int MEASURED = 1000;

    @TempDir
    private Path data;

    @Test
    void shouldAllocateNothingWhenCommitting() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final JournalConfig config = new JournalConfig(data, 16 * 1024 * 1024, 64 * 1024, 0);
        try (Journal journal = Journal.open(config, JournalFiles.real());
                JournalReader follower = journal.follow(0)) {
            journal.syncListener((nanos, records, bytes) -> {});
            journal.start();
            final RecordHandler handler = (position, sequence, timeMs, buffer, offset, length) -> {};
            appendAndFollow(journal, follower, handler, 1, WARM_UP);

            final long before = threads.getCurrentThreadAllocatedBytes();
            appendAndFollow(journal, follower, handler, 1 + 3 * WARM_UP, MEASURED);
            final long allocated = threads.getCurrentThreadAllocatedBytes() - before;

            assertThat(allocated).as("bytes for %d commits", MEASURED).isLessThan(MEASURED);
        }
    }

    private static void appendAndFollow(
            final Journal journal,
            final JournalReader follower,
            final RecordHandler handler,
            final long firstSequence,
            final int batches) {
        long sequence = firstSequence;
        for (int batch = 0; batch < batches; batch++) {
            for (int record = 0; record < 3; record++) {
                final int offset = journal.claim(200);
                journal.buffer().setMemory(offset, 150, (byte) 9);
                journal.endRecord(sequence, sequence, 150);
                sequence++;
            }
            journal.commit();
            while (follower.poll(handler, 10) > 0) {
                // up to the end
            }
        }
    }
}
