package io.holdfast.settlement.reconcile;

/** Takes what the journal says of money, in the order of its sequence. */
interface PaymentHandler {
    /** A payment, with its one outcome. */
    void onPayment(JournalPayment payment);

    /** A refund that was paid back. */
    void onRefundSettled(long sequence, String payment);
}
