package io.holdfast.settlement.postgres;

import java.util.List;
import java.util.UUID;

/**
 * An order as it is settled, with the payment that made it one.
 *
 * @param paidAtMs logical time in epoch milliseconds
 * @param items each SKU once
 */
record OrderRow(PaymentRow payment, String drop, String buyer, long paidAtMs, boolean isReacquired, List<Item> items) {
    /**
     * Units of a SKU.
     *
     * @param priceMinor per unit; null where the drop has no prices
     */
    record Item(String sku, int quantity, Long priceMinor) {}

    /** The order's id is the hold's. */
    UUID orderId() {
        return payment.holdId();
    }

    String subject() {
        return "order " + orderId();
    }
}
