package io.holdfast.settlement.reconcile;

import java.util.List;
import java.util.UUID;

/**
 * A payment as the journal decided it: what Postgres should hold of it.
 *
 * @param sequence of the command that recorded it
 * @param timeMs logical time of it, in epoch milliseconds
 * @param amountMinor what was paid, in minor units
 * @param refundReason the permanent code of why a refund is due; empty for an order
 * @param isRefundSettled whether it is known already that the refund was paid back
 * @param order what was bought; null for a refund, and where the hold is not remembered any more
 */
record JournalPayment(
        long sequence,
        long timeMs,
        String payment,
        UUID hold,
        long amountMinor,
        String currency,
        String refundReason,
        boolean isRefundSettled,
        JournalOrder order) {

    boolean isOrder() {
        return refundReason.isEmpty();
    }

    JournalPayment with(final JournalOrder found) {
        return new JournalPayment(
                sequence, timeMs, payment, hold, amountMinor, currency, refundReason, isRefundSettled, found);
    }

    /** In a few words, for people. */
    String words() {
        return (isOrder() ? "paid " : "refund due of ") + amountMinor + " " + currency + " at sequence " + sequence;
    }

    /**
     * What a payment bought.
     *
     * @param items by SKU
     */
    record JournalOrder(String drop, String buyer, boolean isReacquired, List<JournalItem> items) {
        JournalOrder {
            items = List.copyOf(items);
        }

        JournalOrder reacquired(final boolean is) {
            return new JournalOrder(drop, buyer, is, items);
        }
    }

    /**
     * One SKU of an order.
     *
     * @param priceMinor per unit; null where the drop has no prices
     */
    record JournalItem(String sku, int quantity, Long priceMinor) {}
}
