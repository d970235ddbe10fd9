package io.holdfast.settlement.reconcile;

import io.holdfast.settlement.log.JournalHistory;
import io.holdfast.settlement.postgres.PostgresConfig;
import io.holdfast.settlement.webhook.MessageBodies;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Compares the journal of a data directory with the stores that follow it, and drives them forward when asked to. Runs on
 * the caller's thread, beside a running server or a stopped one.
 */
public final class Reconciler {
    /** A mirror that begins anew is right again within five seconds, or a little more where it has millions to write. */
    private static final long MIRROR_RESYNC_MAX_MS = 30_000;

    private final ReconcileConfig config;
    private final Optional<MessageBodies> messages;
    private final ReconcileProgress progress;
    private final RepairLog repairs;

    /** Compares what the configuration names; a repair that settles puts no webhooks into the outbox. */
    public Reconciler(final ReconcileConfig config, final ReconcileProgress progress) {
        this(config, Optional.empty(), progress);
    }

    /**
     * Compares what the configuration names.
     *
     * @param messages words for the webhooks of what a repair settles, as the server is given them
     */
    public Reconciler(
            final ReconcileConfig config, final Optional<MessageBodies> messages, final ReconcileProgress progress) {
        this.config = config;
        this.messages = messages;
        this.progress = progress;
        this.repairs = new RepairLog(config.shownMax());
    }

    /**
     * Compares; with a repair, repairs what differs and compares again.
     *
     * @throws StoreUnreadableException when a store cannot be read: the message names its flag
     * @throws io.holdfast.settlement.log.UncheckedLogException when the journal cannot be read
     * @throws InterruptedException when told to end while it waits
     */
    public ReconcileReport run() throws InterruptedException {
        final JournalHistory history = JournalHistory.of(config.dataDirectory(), config.archiveDirectory());
        final Findings first = compare(history, config.isRepair());
        if (!config.isRepair() || first.differenceCount() == 0) {
            return report(first);
        }
        if (config.postgres().isPresent() && first.isSettlementStalled()) {
            new OfflineSettlement(config.dataDirectory(), history, messages, repairs)
                    .run(config.postgres().get(), JournalEnd.of(history).moneySequence());
        }
        if (config.redisUrl().isPresent() && first.isRedisRepairable()) {
            repairRedis(history, config.redisUrl().get());
        }
        return report(compare(history, false));
    }

    /** Leaves it to a running mirror, which has as long as it may take; does it here when there is none. */
    private void repairRedis(final JournalHistory history, final String url) throws InterruptedException {
        try (RedisSession redis = RedisSession.open(url)) {
            final RedisRepair repair = new RedisRepair(redis, repairs);
            if (!repair.isTakenUp()) {
                compareRedis(history, redis, new Findings(0), Optional.of(repair));
                return;
            }
            final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MIRROR_RESYNC_MAX_MS);
            while (System.nanoTime() < deadlineNs) {
                final Findings findings = new Findings(0);
                compareRedis(history, redis, findings, Optional.empty());
                if (findings.differenceCount() == 0) {
                    return;
                }
            }
        }
    }

    private void compareRedis(
            final JournalHistory history,
            final RedisSession redis,
            final Findings findings,
            final Optional<RedisRepair> repair)
            throws InterruptedException {
        try (MirrorState state = MirrorState.of(history)) {
            new RedisComparison(history, state, redis, findings, progress, repair).run();
        }
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
        if (config.redisUrl().isPresent()) {
            try (RedisSession redis = RedisSession.open(config.redisUrl().get())) {
                compareRedis(history, redis, findings, Optional.empty());
            }
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
