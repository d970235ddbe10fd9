package io.holdfast.journal;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies once, behind a start, the history that the start itself did not read: every checksum, the chain, up to
 * and into what the start did verify. On a thread of its own, of low priority and paced, so that the writer keeps
 * processor and disk; what retention takes away meanwhile is left out. Asked by any thread. See ADR 0012.
 */
public final class HistoryCheck {
    /** A sixteenth of what a processor verifies: 16 GiB take about four minutes. */
    static final long BYTES_PER_SECOND = 64L * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(HistoryCheck.class);
    private static final long END_MAX_MS = 1_000;
    private static final int RECORDS_PER_STEP = 512;
    private static final RecordHandler UNREAD = (position, sequence, timeMs, buffer, offset, length) -> {};

    /** What is known. */
    public enum Outcome {
        /** Not yet at the end. */
        RUNNING,
        /** All history that is kept was found sound. */
        SOUND,
        /** Something is damaged or cannot be read: see {@link #fault}. */
        FAULTY,
        /** The journal was closed before the end. */
        ENDED
    }

    private final Path dataDirectory;
    private final JournalFiles files;
    private final long verifiedFrom;
    private final long bytesPerSecond;
    private final Thread thread = new Thread(this::run, "holdfast-history-check");

    private volatile Outcome outcome = Outcome.RUNNING;
    private volatile JournalRefusedException fault;
    private volatile boolean isEnding;

    HistoryCheck(final Path dataDirectory, final JournalFiles files, final RecoveryReport report) {
        this(dataDirectory, files, report, BYTES_PER_SECOND);
    }

    HistoryCheck(
            final Path dataDirectory,
            final JournalFiles files,
            final RecoveryReport report,
            final long bytesPerSecond) {
        this.dataDirectory = dataDirectory;
        this.files = files;
        this.verifiedFrom = report.verifiedFrom();
        this.bytesPerSecond = bytesPerSecond;
        if (report.verifiedFrom() == report.firstPosition()) {
            outcome = Outcome.SOUND;
        }
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    /** How it stands. */
    public Outcome outcome() {
        return outcome;
    }

    /** What is wrong, with file and offset; empty unless {@link Outcome#FAULTY}. */
    public Optional<JournalRefusedException> fault() {
        return Optional.ofNullable(fault);
    }

    /** Once, unless there is nothing to do. */
    void start() {
        if (outcome == Outcome.RUNNING) {
            thread.start();
        }
    }

    /** Ends it before its time, and waits for that a moment. */
    void end() {
        isEnding = true;
        if (!thread.isAlive()) {
            outcome = outcome == Outcome.RUNNING ? Outcome.ENDED : outcome; // it never began
            return;
        }
        LockSupport.unpark(thread);
        try {
            thread.join(END_MAX_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt(); // it only reads, and ends by itself
        }
    }

    private void run() {
        Outcome result = Outcome.ENDED;
        try {
            result = check();
        } catch (final JournalRefusedException e) {
            result = faulty(e);
        } catch (final UncheckedIOException e) {
            result = faulty(new JournalRefusedException(
                    dataDirectory, 0, "history cannot be read: " + e.getCause(), "see to the disk", e));
        } finally {
            outcome = result;
        }
    }

    private Outcome faulty(final JournalRefusedException e) {
        LOG.error("history before position {} is not sound: {}", verifiedFrom, e.getMessage());
        fault = e;
        return Outcome.FAULTY;
    }

    private Outcome check() {
        while (!isEnding) {
            // One byte more than the header: the first batch behind it is read, to see that it chains on.
            try (JournalReader reader = JournalReader.bounded(
                    dataDirectory, files, JournalReader.OLDEST, () -> verifiedFrom + SegmentHeader.LENGTH + 1)) {
                return read(reader);
            } catch (final JournalTrimmedException e) {
                LOG.debug("history was trimmed under its check, which begins again: {}", e.getMessage());
            }
        }
        return Outcome.ENDED;
    }

    private Outcome read(final JournalReader reader) {
        long position = reader.position();
        while (reader.poll(UNREAD, RECORDS_PER_STEP) > 0) {
            if (isEnding) {
                return Outcome.ENDED;
            }
            final long readBytes = reader.position() - position;
            position = reader.position();
            LockSupport.parkNanos(this, readBytes * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond);
        }
        LOG.info("history is sound up to position {}, from where on the start had verified it", verifiedFrom);
        return Outcome.SOUND;
    }
}
