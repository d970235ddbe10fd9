package io.holdfast.gateway;

import io.holdfast.gateway.json.WebhookJson;
import io.holdfast.journal.Journal;
import io.holdfast.journal.JournalFiles;
import io.holdfast.journal.Retention;
import io.holdfast.settlement.follow.Follower;
import io.holdfast.settlement.follow.FollowerThread;
import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.postgres.Database;
import io.holdfast.settlement.postgres.SettlementFollower;
import io.holdfast.settlement.redis.MirrorConfig;
import io.holdfast.settlement.redis.MirrorFollower;
import io.holdfast.settlement.state.SnapshotFollower;
import io.holdfast.settlement.state.SnapshotPolicy;
import io.holdfast.settlement.webhook.DeadLetters;
import io.holdfast.settlement.webhook.MessageBodies;
import io.holdfast.settlement.webhook.WebhookSender;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Puts together what follows the journal, as configured; closed after all of it has ended. */
final class FollowerAssembly implements AutoCloseable {
    /**
     * What a new record waits for its follower to look at most, in milliseconds: buyers look into Redis, and each look wakes
     * three threads on the sale's processors.
     */
    private static final long MIRROR_REST_MS = 10;

    private static final long SETTLEMENT_REST_MS = 20;
    private static final long SNAPSHOT_REST_MS = 100;
    private static final long WEBHOOK_REST_MS = 200;

    /** A start applies at most a million records, and retention has to leave little more standing than it is told to. */
    private static final SnapshotPolicy SNAPSHOT_POLICY = new SnapshotPolicy(1_000_000, 512L << 20);

    private final ServerConfig config;
    private final Journal journal;
    private final CommittedLog log;
    private final Consumer<Throwable> halt;
    private final FollowerMetrics metrics;
    private final List<Followers.Member> members = new ArrayList<>();
    private SnapshotFollower snapshots;
    private Optional<Database> database = Optional.empty();

    /**
     * Nothing is put together yet.
     *
     * @param halt told of what must end the process
     */
    FollowerAssembly(
            final ServerConfig config,
            final Journal journal,
            final CommittedLog log,
            final Consumer<Throwable> halt,
            final FollowerMetrics metrics) {
        this.config = config;
        this.journal = journal;
        this.log = log;
        this.halt = halt;
        this.metrics = metrics;
    }

    /**
     * Puts them together; none runs yet, and no store is asked for anything.
     *
     * @param hashSeed of the copy of the state
     */
    Followers assemble(final JournalFiles files, final long hashSeed, final LongSupplier logicalNowMs) {
        addSnapshots(files, hashSeed);
        config.outside().postgres().ifPresent(this::addSettlement);
        config.outside().redisUrl().ifPresent(url -> addMirror(url, logicalNowMs));
        database.ifPresent(open -> config.outside().webhook().ifPresent(target -> addWebhooks(target, open)));
        members.forEach(metrics::bind);
        return new Followers(members);
    }

    private void addSnapshots(final JournalFiles files, final long hashSeed) {
        final ServerConfig.Storage storage = config.storage();
        final Retention retention = new Retention(journal, storage.retainBytes(), storage.archiveDirectory());
        snapshots = new SnapshotFollower(log, storage.dataDirectory(), files, SNAPSHOT_POLICY, retention, hashSeed);
        metrics.bind(snapshots);
        add(snapshots, SNAPSHOT_REST_MS, "snapshot-disk", new LogBacklog(snapshots, log::endSequence));
    }

    private void addSettlement(final ServerConfig.Postgres postgres) {
        final Database open = Database.open(postgres.settlementConfig());
        database = Optional.of(open);
        final Optional<MessageBodies> bodies = config.outside().webhook().map(target -> new WebhookJson());
        final SettlementFollower follower =
                new SettlementFollower(log, open, bodies, config.storage().isLostTailAccepted(), halt);
        metrics.bind(follower.figures());
        add(follower, SETTLEMENT_REST_MS, "postgres", new LogBacklog(follower, log::endSequence));
    }

    private void addMirror(final ServerConfig.Secret url, final LongSupplier logicalNowMs) {
        final MirrorFollower follower = new MirrorFollower(log, new MirrorConfig(url.value()), logicalNowMs);
        metrics.bind(follower.figures());
        add(follower, MIRROR_REST_MS, "redis", new LogBacklog(follower, log::endSequence));
    }

    private void addWebhooks(final ServerConfig.Webhook target, final Database open) {
        final WebhookSender sender = new WebhookSender(open.dataSource(), target.senderConfig());
        metrics.bind(sender.figures());
        add(sender, WEBHOOK_REST_MS, "postgres", new OutboxBacklog(sender.figures()));
    }

    private void add(final Follower follower, final long restMs, final String store, final Followers.Backlog backlog) {
        members.add(new Followers.Member(new FollowerThread(follower, restMs, halt), store, backlog));
    }

    /** For operators' questions; after {@link #assemble}. */
    OperatorDesk desk() {
        return new OperatorDesk(snapshots, database.map(open -> new DeadLetters(open.dataSource())));
    }

    @Override
    public void close() {
        database.ifPresent(Database::close);
    }
}
