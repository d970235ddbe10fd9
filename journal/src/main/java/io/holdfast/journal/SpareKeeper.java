package io.holdfast.journal;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one segment ready beyond the current one. The writer only looks and takes; making the next one is the
 * preparation thread's work, and so is trying again while the disk is full.
 */
final class SpareKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(SpareKeeper.class);

    private final SegmentPreparer preparer;
    private final PreparationScheduler scheduler;
    private final AtomicLong failures = new AtomicLong();
    private final KeptSegments kept;

    /** Set by the preparation thread when null, taken by the writer when not: so neither ever waits. */
    private volatile Segment spare;

    private volatile boolean isFailing;
    private volatile boolean isStopped;

    SpareKeeper(
            final SegmentPreparer preparer,
            final PreparationScheduler scheduler,
            final Segment spare,
            final KeptSegments kept) {
        this.preparer = preparer;
        this.scheduler = scheduler;
        this.spare = spare;
        this.kept = kept;
    }

    boolean hasSpare() {
        return spare != null;
    }

    /** Whether there is no spare because the last attempt to make one failed. */
    boolean isFailing() {
        return isFailing;
    }

    long failures() {
        return failures.get();
    }

    /** The writer's: the spare, which is now the current segment; null when there is none. */
    Segment take() {
        final Segment taken = spare;
        spare = null;
        return taken;
    }

    /** Asks for the segment at that base, and for the one that is done with to be closed. */
    void request(final long base, final Segment finished) {
        try {
            scheduler.run(() -> {
                closeQuietly(finished);
                attempt(base);
            });
        } catch (final RejectedExecutionException e) {
            LOG.debug("no further segment is prepared: the journal is closing", e);
        }
    }

    private void attempt(final long base) {
        if (isStopped) {
            return;
        }
        try {
            spare = preparer.prepare(base, () -> isStopped);
            kept.added();
            if (isFailing) {
                isFailing = false;
                LOG.info("segment at position {} is ready, the journal takes everything again", base);
            }
        } catch (final IOException | RuntimeException e) {
            failed(base, e);
        } catch (final Error e) {
            failed(base, e); // an executor keeps errors to itself: without another attempt this was the last
            throw e;
        }
    }

    private void failed(final long base, final Throwable e) {
        if (isStopped) {
            return;
        }
        failures.incrementAndGet();
        if (!isFailing) {
            isFailing = true;
            LOG.warn("no spare segment at position {}, trying on: {}", base, e.toString());
        }
        try {
            scheduler.runLater(() -> attempt(base));
        } catch (final RejectedExecutionException rejected) {
            LOG.debug("no further attempt: the journal is closing", rejected);
        }
    }

    /** Ends preparation; false when it could not be waited for, so that the lock must be kept. */
    boolean stop() {
        isStopped = true;
        final boolean stopped = scheduler.stop();
        if (stopped) {
            closeQuietly(take());
        }
        return stopped;
    }

    private static void closeQuietly(final Segment segment) {
        if (segment != null) {
            try {
                segment.close();
            } catch (final IOException e) {
                LOG.warn("closing {}: {}", segment.path(), e.toString());
            }
        }
    }
}
