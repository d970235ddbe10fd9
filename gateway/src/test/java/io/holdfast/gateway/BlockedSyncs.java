package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.journal.FaultyFiles;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A disk whose syncs of the journal do not return until the test says so. */
final class BlockedSyncs {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    BlockedSyncs(final FaultyFiles files) {
        files.fault((operation, path, length) -> {
            if (operation == FaultyFiles.Operation.SYNC && path.toString().endsWith(".log")) {
                begun.countDown();
                awaitRelease();
            }
            return length;
        });
    }

    void awaitBegun() throws InterruptedException {
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    }

    void release() {
        released.countDown();
    }

    private void awaitRelease() throws IOException {
        try {
            if (!released.await(40, TimeUnit.SECONDS)) {
                throw new IOException("the test never released the sync");
            }
        } catch (final InterruptedException e) {
            throw new IOException(e);
        }
    }
}
