package io.holdfast.settlement.reconcile;

import io.holdfast.settlement.postgres.PostgresConfig;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Compares the journal of a data directory with the stores that follow it, and drives them forward when asked to. Runs on
 * the caller's thread, beside a running server or a stopped one.
 */
public final class Reconciler {
    private final ReconcileConfig config;
    private final ReconcileProgress progress;
    private final RepairLog repairs;

    /** Compares what the configuration names. */
    public Reconciler(final ReconcileConfig config, final ReconcileProgress progress) {
        this.config = config;
        this.progress = progress;
        this.repairs = new RepairLog(config.shownMax());
    }

    /**
     * Compares; with a repair, repairs what differs and compares again.
     *
     * @throws StoreUnreadableException when a store cannot be read: the message names its flag
     * @throws io.holdfast.journal.JournalRefusedException when the journal cannot be read
     * @throws InterruptedException when told to end while it waits
     */
    public ReconcileReport run() throws InterruptedException {
        final JournalHistory history = JournalHistory.of(config.dataDirectory());
        final Findings first = compare(history, config.isRepair());
        if (!config.isRepair() || first.differenceCount() == 0) {
            return report(first);
        }
        return report(compare(history, false));
    }

    private ReconcileReport report(final Findings findings) {
        return findings.report(config.postgres().isPresent(), repairs.shown(), repairs.doneCount());
    }

    private Findings compare(final JournalHistory history, final boolean isRepair) throws InterruptedException {
        final Findings findings = new Findings(config.shownMax());
        final JournalEnd end = JournalEnd.of(history);
        findings.journalEnd(end.sequence());
        if (config.postgres().isPresent()) {
            comparePostgres(config.postgres().get(), history, end, findings, isRepair);
        }
        return findings;
    }

    private void comparePostgres(
            final PostgresConfig postgres,
            final JournalHistory history,
            final JournalEnd end,
            final Findings findings,
            final boolean isRepair)
            throws InterruptedException {
        try (PostgresSession session = PostgresSession.open(postgres)) {
            final boolean isSettling = new SettlementWait(session, history.id()).await(end.moneySequence());
            final PostgresComparison comparison = new PostgresComparison(history, session, findings, progress);
            if (isRepair) {
                try (PostgresRepair repair = new PostgresRepair(PostgresSession.open(postgres), repairs)) {
                    comparison.run(end.sequence(), isSettling, Optional.of(repair));
                }
            } else {
                comparison.run(end.sequence(), isSettling, Optional.empty());
            }
        } catch (final SQLException e) {
            throw PostgresSession.unreadable(e);
        }
    }
}
