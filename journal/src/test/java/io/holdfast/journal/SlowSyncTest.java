package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fault 18: while a sync takes long, nothing counts as durable before it has returned. */
@Timeout(30)
class SlowSyncTest {
    @TempDir
    private Path data;

    @Test
    void shouldAdvanceOnlyWhenTheSyncHasReturned() throws Exception {
        final FaultyFiles files = new FaultyFiles(JournalFiles.real());
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);
        try (Journal journal = Journals.started(data, files);
                JournalReader follower = journal.follow(0)) {
            final long durable = journal.durablePosition();
            files.fault((operation, path, length) -> {
                if (operation == FaultyFiles.Operation.SYNC && path.toString().endsWith("00000.log")) {
                    begun.countDown();
                    await(released);
                }
                return length;
            });

            final CompletableFuture<Void> commit =
                    CompletableFuture.runAsync(() -> Journals.appendAndCommit(journal, 1, 3));
            await(begun);

            assertThat(commit).isNotDone();
            assertThat(journal.durablePosition()).isEqualTo(durable);
            assertThat(journal.durableSequence()).isZero();
            assertThat(Journals.readAll(follower)).isEmpty();
            released.countDown();
            commit.get(20, TimeUnit.SECONDS);
            assertThat(journal.durablePosition()).isGreaterThan(durable);
            assertThat(journal.durableSequence()).isEqualTo(3);
            assertThat(Journals.readAll(follower)).isEqualTo(Journals.expected(1, 3));
        }
    }

    private static void await(final CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
