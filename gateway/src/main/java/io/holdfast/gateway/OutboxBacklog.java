package io.holdfast.gateway;

import io.holdfast.settlement.webhook.WebhookFigures;

/** Messages that the storefront has not taken yet. */
record OutboxBacklog(WebhookFigures figures) implements Followers.Backlog {
    private static final double MILLIS_PER_SECOND = 1_000;

    @Override
    public long records() {
        return figures.pending();
    }

    @Override
    public double seconds() {
        return figures.oldestPendingMs() / MILLIS_PER_SECOND;
    }

    @Override
    public String complaint() {
        return figures.isTargetAway() ? "webhook-target" : "";
    }
}
