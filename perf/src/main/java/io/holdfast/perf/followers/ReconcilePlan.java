package io.holdfast.perf.followers;

/**
 * What is compared, and in what.
 *
 * @param orders from 1 to {@link SettlementPlan#ORDERS_MAX}
 * @param heapMib heap of the process that compares
 */
public record ReconcilePlan(int orders, int heapMib) {}
