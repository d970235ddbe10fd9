package io.holdfast.gateway;

import io.holdfast.settlement.postgres.SettlementFigures;
import io.holdfast.settlement.redis.MirrorFigures;
import io.holdfast.settlement.state.SnapshotFollower;
import io.holdfast.settlement.webhook.WebhookFigures;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Metrics of what follows the journal. All are read when Prometheus asks. */
final class FollowerMetrics {
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final MeterRegistry registry;

    FollowerMetrics(final MeterRegistry registry) {
        this.registry = registry;
    }

    void bind(final Followers.Member member) {
        gauge(
                "holdfast.follower.lag.records",
                "Committed records that a follower has not dealt with.",
                member,
                each -> each.backlog().records());
        gauge(
                "holdfast.follower.lag.seconds",
                "For how long a follower has not dealt with the oldest of them.",
                member,
                each -> each.backlog().seconds());
        gauge(
                "holdfast.follower.degraded",
                "1 while a follower's store is away, or it must not go on by itself.",
                member,
                each -> each.status().isDegraded() ? 1 : 0);
    }

    private void gauge(
            final String name,
            final String description,
            final Followers.Member member,
            final ToDoubleFunction<Followers.Member> value) {
        Gauge.builder(name, member, value)
                .description(description)
                .tag("follower", member.name())
                .register(registry);
    }

    void bind(final SettlementFigures figures) {
        counter("holdfast.settlement.changes", "Rows and messages settled.", figures, SettlementFigures::changes);
        counter(
                "holdfast.settlement.batches",
                "Transactions that settled something.",
                figures,
                SettlementFigures::batches);
        gauge(
                "holdfast.settlement.batch.changes",
                "Changes of the last of them.",
                figures,
                SettlementFigures::lastBatchChanges);
        counter("holdfast.settlement.retries", "Transactions done again.", figures, SettlementFigures::retries);
        counter(
                "holdfast.settlement.conflicts",
                "Rows that say something else than the journal.",
                figures,
                SettlementFigures::conflicts);
        counter(
                "holdfast.settlement.quarantined",
                "Changes that could not be settled.",
                figures,
                SettlementFigures::quarantined);
        gauge(
                "holdfast.settlement.quarantine.rows",
                "Rows of the quarantine table, for somebody to look at.",
                figures,
                SettlementFigures::quarantineRows);
    }

    void bind(final MirrorFigures figures) {
        counter("holdfast.mirror.keys.written", "Keys written to Redis.", figures, MirrorFigures::keysWritten);
        counter("holdfast.mirror.keys.deleted", "Keys deleted from Redis.", figures, MirrorFigures::keysDeleted);
        counter(
                "holdfast.mirror.writes.coalesced",
                "Writes that something newer made needless.",
                figures,
                MirrorFigures::writesCoalesced);
        counter("holdfast.mirror.batches", "Calls that wrote.", figures, MirrorFigures::batches);
        counter("holdfast.mirror.resyncs", "Times that all was written anew.", figures, MirrorFigures::resyncs);
        counter(
                "holdfast.mirror.mismatches",
                "Keys found missing, wrong, or too many.",
                figures,
                MirrorFigures::mismatches);
        counter("holdfast.mirror.failures", "Times that Redis did not answer.", figures, MirrorFigures::failures);
        gauge("holdfast.mirror.live.holds", "Holds that the mirror knows as live.", figures, MirrorFigures::liveHolds);
    }

    void bind(final SnapshotFollower follower) {
        counter("holdfast.snapshots", "Snapshots written.", follower, SnapshotFollower::snapshotCount);
        counter("holdfast.snapshot.failures", "Snapshots that failed.", follower, SnapshotFollower::failureCount);
        gauge(
                "holdfast.snapshot.last.seconds",
                "How long the last snapshot took.",
                follower,
                each -> each.lastDurationNs() / NANOS_PER_SECOND);
        gauge(
                "holdfast.snapshot.sequence",
                "Sequence of the newest snapshot.",
                follower,
                each -> each.newest().map(meta -> (double) meta.sequence()).orElse(0.0));
    }

    void bind(final WebhookFigures figures) {
        counter("holdfast.webhook.delivered", "Messages that the target took.", figures, WebhookFigures::delivered);
        counter("holdfast.webhook.attempts.failed", "Attempts that failed.", figures, WebhookFigures::failedAttempts);
        counter("holdfast.webhook.dead", "Messages given up.", figures, WebhookFigures::dead);
        gauge("holdfast.webhook.in.flight", "Requests under way.", figures, WebhookFigures::inFlight);
    }

    private <T> void counter(
            final String name, final String description, final T subject, final ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, subject, value).description(description).register(registry);
    }

    private <T> void gauge(
            final String name, final String description, final T subject, final ToDoubleFunction<T> value) {
        Gauge.builder(name, subject, value).description(description).register(registry);
    }
}
