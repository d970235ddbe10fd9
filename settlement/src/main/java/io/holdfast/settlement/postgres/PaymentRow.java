package io.holdfast.settlement.postgres;

import java.util.UUID;

/**
 * A payment as it is settled.
 *
 * @param isPaid whether it became an order; a refund is due otherwise
 * @param sequence of the command that recorded it
 */
record PaymentRow(String paymentId, UUID holdId, boolean isPaid, long amountMinor, String currency, long sequence) {
    static final String PAID = "PAID";
    static final String REFUND_DUE = "REFUND_DUE";

    String outcome() {
        return isPaid ? PAID : REFUND_DUE;
    }

    String subject() {
        return "payment " + paymentId;
    }
}
