package io.holdfast.settlement.webhook;

import java.util.concurrent.atomic.LongAdder;

/** What the sender did since it began, and how much there is to do. Written by its thread, read by any. */
public final class WebhookFigures {
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failedAttempts = new LongAdder();
    private final LongAdder dead = new LongAdder();

    private volatile long pending;
    private volatile long oldestPendingMs;
    private volatile int inFlight;
    private volatile boolean isTargetAway;

    WebhookFigures() {}

    /** Messages that the target took. */
    public long delivered() {
        return delivered.sum();
    }

    /** Attempts that failed, the last ones of dead messages among them. */
    public long failedAttempts() {
        return failedAttempts.sum();
    }

    /** Messages that were given up. */
    public long dead() {
        return dead.sum();
    }

    /** Messages that wait or are under way, as of some seconds ago; estimated where there are more than 10,000. */
    public long pending() {
        return pending;
    }

    /** Age of the oldest of them, in milliseconds, as of some seconds ago; 0 when there is none. */
    public long oldestPendingMs() {
        return oldestPendingMs;
    }

    /** Requests under way. */
    public int inFlight() {
        return inFlight;
    }

    /** Whether the target failed several times in a row, and is only probed now. */
    public boolean isTargetAway() {
        return isTargetAway;
    }

    void onDelivered(final int count) {
        delivered.add(count);
    }

    void onFailed(final int count) {
        failedAttempts.add(count);
    }

    void onDead(final int count) {
        dead.add(count);
    }

    void backlog(final Outbox.Backlog backlog) {
        pending = backlog.pending();
        oldestPendingMs = backlog.oldestMs();
    }

    void inFlight(final int count) {
        inFlight = count;
    }

    void targetAway(final boolean isAway) {
        isTargetAway = isAway;
    }
}
