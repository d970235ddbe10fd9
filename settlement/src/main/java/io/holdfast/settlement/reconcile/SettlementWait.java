package io.holdfast.settlement.reconcile;

import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Waits for settlement to come as far as the journal went, as long as it moves: a running server is behind by a moment,
 * and that is no difference.
 */
final class SettlementWait {
    private static final long POLL_MS = 100;
    private static final long STALLED_MS = 3_000;
    private static final long WAIT_MAX_MS = 60_000;

    private final PostgresSession postgres;
    private final UUID journalId;

    SettlementWait(final PostgresSession postgres, final UUID journalId) {
        this.postgres = postgres;
        this.journalId = journalId;
    }

    /**
     * Waits, for a minute at most.
     *
     * @return whether settlement moves on by itself, or is there already
     * @throws StoreUnreadableException when Postgres cannot be read
     */
    boolean await(final long sequence) throws InterruptedException {
        try {
            final long beganNs = System.nanoTime();
            long movedNs = beganNs;
            long before = Long.MIN_VALUE;
            while (true) {
                final Optional<PostgresSession.Cursor> cursor = postgres.cursor();
                if (cursor.isPresent() && !cursor.get().journalId().equals(journalId)) {
                    return false;
                }
                final long now = cursor.map(PostgresSession.Cursor::sequence).orElse(0L);
                final long nowNs = System.nanoTime();
                if (now >= sequence) {
                    return true;
                }
                if (now > before) {
                    before = now;
                    movedNs = nowNs;
                }
                if (nowNs - movedNs > TimeUnit.MILLISECONDS.toNanos(STALLED_MS)) {
                    return false;
                }
                if (nowNs - beganNs > TimeUnit.MILLISECONDS.toNanos(WAIT_MAX_MS)) {
                    return true;
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MS);
            }
        } catch (final SQLException e) {
            throw PostgresSession.unreadable(e);
        }
    }
}
