package io.holdfast.gateway;

import io.holdfast.gateway.management.ManagementView;
import io.holdfast.gateway.pipeline.Pipeline;
import io.holdfast.journal.Journal;
import io.holdfast.settlement.follow.FollowerStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the server says of itself on the management port, from its first moment to its last. */
final class ServerState implements ManagementView {
    /** One word a phase, as {@code /readyz} says it, in the order in which they follow each other. */
    enum Phase {
        RECOVERING,
        READY,
        DRAINING,
        HALTED
    }

    /** Set once the parts exist; null while recovering. */
    private volatile Pipeline pipeline;

    private volatile Journal journal;
    private volatile Followers followers;
    private volatile Phase phase = Phase.RECOVERING;

    void serve(final Journal openJournal, final Pipeline startedPipeline, final Followers startedFollowers) {
        journal = openJournal;
        followers = startedFollowers;
        pipeline = startedPipeline;
        enter(Phase.READY);
    }

    void drain() {
        enter(Phase.DRAINING);
    }

    void halt() {
        enter(Phase.HALTED);
    }

    /** A phase is never left for an earlier one: whatever may still go on beside a halt, it is a halt. */
    private synchronized void enter(final Phase next) {
        if (next.compareTo(phase) > 0) {
            phase = next;
        }
    }

    @Override
    public boolean isLive() {
        return phase != Phase.HALTED;
    }

    @Override
    public Readiness readiness() {
        final Phase now = phase;
        final List<String> degraded = new ArrayList<>();
        final Journal open = journal;
        if (open != null && open.isFull()) {
            degraded.add("journal-disk");
        }
        if (open != null && open.historyCheck().fault().isPresent()) {
            degraded.add("journal-history");
        }
        final Followers started = followers;
        if (started != null) {
            degraded.addAll(started.degraded());
        }
        return new Readiness(now == Phase.READY, now.name().toLowerCase(Locale.ROOT), degraded);
    }

    @Override
    public Status status() {
        final Pipeline running = pipeline;
        if (running == null) {
            return new Status(0, 0, 0, 0, 0, Map.of());
        }
        final long depth = running.ringSize() - running.ringRemaining();
        final long durable = journal.durablePosition();
        return new Status(journal.durableSequence(), durable, durable, depth, running.ringSize(), followerViews());
    }

    private Map<String, FollowerView> followerViews() {
        final Map<String, FollowerView> views = new TreeMap<>();
        for (final Followers.Member member : followers.members()) {
            final FollowerStatus status = member.status();
            views.put(
                    member.name(),
                    new FollowerView(
                            status.condition().name().toLowerCase(Locale.ROOT),
                            status.sequence(),
                            member.backlog().records(),
                            member.backlog().seconds(),
                            status.detail()));
        }
        return views;
    }
}
