package io.holdfast.perf.followers;

import io.holdfast.perf.ring.GrantedHistory;

/**
 * What is settled, and how.
 *
 * @param orders of one unit each, from 1 to {@link #ORDERS_MAX}
 * @param isWithWebhooks whether messages go into the outbox, too
 * @param isResync whether history is gone but for a snapshot, and settlement goes by way of that
 * @param heapMib heap of the process that settles
 */
public record SettlementPlan(int orders, boolean isWithWebhooks, boolean isResync, int heapMib) {
    /** As many as one drop has units. */
    public static final int ORDERS_MAX = GrantedHistory.HOLDS_MAX;

    /** Heap in which settlement is shown to suffice, in MiB. */
    public static final int HEAP_MIB_DEFAULT = 64;

    /** Fewer leave no segment behind that could be trimmed. */
    public static final int RESYNC_ORDERS_MIN = 10_000;
}
