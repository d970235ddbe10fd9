package io.holdfast.settlement.postgres;

/**
 * A refund that is due, or was paid back already when this was learnt.
 *
 * @param reason the contract's code
 * @param notedAtMs logical time in epoch milliseconds
 */
record RefundRow(PaymentRow payment, String reason, long notedAtMs, boolean isSettled) {
    static final String DUE = "DUE";
    static final String SETTLED = "SETTLED";

    String paymentId() {
        return payment.paymentId();
    }

    String status() {
        return isSettled ? SETTLED : DUE;
    }

    String subject() {
        return "refund " + paymentId();
    }
}
