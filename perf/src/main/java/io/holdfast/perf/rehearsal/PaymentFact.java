package io.holdfast.perf.rehearsal;

/**
 * A payment that was answered.
 *
 * @param hold it was for
 * @param amountMinor that was paid
 * @param outcome PAID or REFUND_DUE
 * @param reason of a refund; empty otherwise
 */
record PaymentFact(String hold, long amountMinor, String outcome, String reason) {
    boolean isPaid() {
        return "PAID".equals(outcome);
    }
}
