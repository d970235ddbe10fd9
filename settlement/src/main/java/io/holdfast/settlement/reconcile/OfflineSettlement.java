package io.holdfast.settlement.reconcile;

import io.holdfast.journal.JournalFiles;
import io.holdfast.journal.JournalLockedException;
import io.holdfast.settlement.follow.FollowerException;
import io.holdfast.settlement.follow.FollowerStatus.Condition;
import io.holdfast.settlement.log.JournalHistory;
import io.holdfast.settlement.postgres.Database;
import io.holdfast.settlement.postgres.PostgresConfig;
import io.holdfast.settlement.postgres.SettlementFollower;
import io.holdfast.settlement.webhook.MessageBodies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Settles what no server settles: settlement itself, run to the journal's end under the data directory's lock, so that no
 * server starts beside it. Where one runs already, its settlement is left alone.
 */
final class OfflineSettlement {
    private static final long STEP_PAUSE_MS = 20;

    /** Settlement that gets no further for so long is given up. */
    private static final long STALLED_MS = 10_000;

    private final Path lockFile;
    private final JournalHistory history;
    private final Optional<MessageBodies> messages;
    private final RepairLog log;

    OfflineSettlement(
            final Path dataDirectory,
            final JournalHistory history,
            final Optional<MessageBodies> messages,
            final RepairLog log) {
        this.lockFile = dataDirectory.resolve("lock");
        this.history = history;
        this.messages = messages;
        this.log = log;
    }

    /** Settles up to a record, or says in the repair's log why not. */
    void run(final PostgresConfig postgres, final long untilSequence) throws InterruptedException {
        try {
            final AutoCloseable lock = JournalFiles.real().lock(lockFile);
            try {
                settle(postgres, untilSequence);
            } finally {
                release(lock);
            }
        } catch (final JournalLockedException e) {
            log.failed("what is not settled yet: a server has the data directory, and settles it once it can");
        } catch (final IOException e) {
            log.failed("what is not settled yet: " + lockFile + " cannot be locked: " + e.getMessage());
        }
    }

    private static void release(final AutoCloseable lock) throws IOException {
        try {
            lock.close();
        } catch (final IOException e) {
            throw e;
        } catch (final Exception e) {
            throw new IOException(e);
        }
    }

    private void settle(final PostgresConfig postgres, final long untilSequence) throws InterruptedException {
        final AtomicReference<Throwable> lostTail = new AtomicReference<>();
        try (Database database = Database.open(postgres);
                SettlementFollower settlement =
                        new SettlementFollower(history, database, messages, false, lostTail::set)) {
            long movedNs = System.nanoTime();
            long before = -1;
            while (settlement.status().sequence() < untilSequence && lostTail.get() == null) {
                if (!settlement.step()) {
                    TimeUnit.MILLISECONDS.sleep(STEP_PAUSE_MS);
                }
                if (settlement.status().sequence() > before) {
                    before = settlement.status().sequence();
                    movedNs = System.nanoTime();
                }
                final boolean isStopped = settlement.status().condition() == Condition.STOPPED;
                if (isStopped || System.nanoTime() - movedNs > TimeUnit.MILLISECONDS.toNanos(STALLED_MS)) {
                    log.failed("what is not settled yet: " + settlement.status().detail());
                    return;
                }
            }
            log.done("settlement: settled up to sequence " + settlement.status().sequence());
        } catch (final FollowerException e) {
            log.failed("what is not settled yet: " + e.getMessage());
        }
    }
}
