package io.holdfast.core;

import io.holdfast.core.message.BooleanType;
import io.holdfast.core.message.HoldPaidDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.MessageHeaderEncoder;
import io.holdfast.core.message.PaymentImageEncoder;
import io.holdfast.core.message.PaymentOutcome;
import io.holdfast.core.message.PaymentUnfulfilledDecoder;
import io.holdfast.core.message.RefundSettledDecoder;
import io.holdfast.core.message.RefundStatus;
import io.holdfast.core.message.RejectReason;
import io.holdfast.core.store.Arena;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Applies what becomes of payments. */
final class PaymentApplier {
    private final State state;
    private final MessageHeaderDecoder header;
    private final HoldApplier holds;
    private final HoldPaidDecoder paid = new HoldPaidDecoder();
    private final PaymentUnfulfilledDecoder unfulfilled = new PaymentUnfulfilledDecoder();
    private final RefundSettledDecoder settled = new RefundSettledDecoder();
    private final MessageHeaderEncoder imageHeader = new MessageHeaderEncoder();
    private final PaymentImageEncoder image = new PaymentImageEncoder();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[512]);

    PaymentApplier(final State state, final MessageHeaderDecoder header, final HoldApplier holds) {
        this.state = state;
        this.header = header;
        this.holds = holds;
    }

    void paid(final DirectBuffer event, final int offset) {
        paid.wrapAndApplyHeader(event, offset, header);
        final int holdImageOffset = paid.limit() + Integer.BYTES;
        holds.sell(event, holdImageOffset);
        image.wrapAndApplyHeader(scratch, 0, imageHeader)
                .amountMinor(paid.amountMinor())
                .outcome(PaymentOutcome.PAID)
                .reacquired(paid.reacquired())
                .refund(RefundStatus.NONE)
                .reason(RejectReason.NONE);
        image.hold()
                .mostSignificantBits(HoldTable.idMost(event, holdImageOffset))
                .leastSignificantBits(HoldTable.idLeast(event, holdImageOffset));
        image.putCurrency(paid.currency(0), paid.currency(1), paid.currency(2));
        paid.skipImage();
        final int idLength = paid.paymentLength();
        final int payment = record(event, paid.limit() + HoldPaidDecoder.paymentHeaderLength(), idLength);
        state.payments.append(payment, state.timeMs + Limits.PAYMENT_MEMORY_MS);
        forgetOld();
    }

    void unfulfilled(final DirectBuffer event, final int offset) {
        unfulfilled.wrapAndApplyHeader(event, offset, header);
        image.wrapAndApplyHeader(scratch, 0, imageHeader)
                .amountMinor(unfulfilled.amountMinor())
                .outcome(PaymentOutcome.REFUND_DUE)
                .reacquired(BooleanType.FALSE)
                .refund(RefundStatus.DUE)
                .reason(unfulfilled.reason());
        image.hold()
                .mostSignificantBits(unfulfilled.hold().mostSignificantBits())
                .leastSignificantBits(unfulfilled.hold().leastSignificantBits());
        image.putCurrency(unfulfilled.currency(0), unfulfilled.currency(1), unfulfilled.currency(2));
        final int idLength = unfulfilled.paymentLength();
        state.payments.appendRefundDue(
                record(event, unfulfilled.limit() + PaymentUnfulfilledDecoder.paymentHeaderLength(), idLength));
        forgetOld();
    }

    /** Completes {@link #image} and keeps it; the caller lists it. */
    private int record(final DirectBuffer event, final int idOffset, final int idLength) {
        image.sequence(state.sequence).recordedAtMs(state.timeMs).putPayment(event, idOffset, idLength);
        return state.payments.add(scratch, 0, MessageHeaderEncoder.ENCODED_LENGTH + image.encodedLength());
    }

    /** Two at most for each that comes in, as with refusals. */
    private void forgetOld() {
        for (int i = 0; i < 2 && state.payments.isFirstForgettable(state.timeMs); i++) {
            state.payments.forgetHead();
        }
    }

    void refundSettled(final DirectBuffer event, final int offset) {
        settled.wrapAndApplyHeader(event, offset, header);
        final int idLength = settled.paymentLength();
        final int payment =
                state.payments.find(event, settled.limit() + RefundSettledDecoder.paymentHeaderLength(), idLength);
        if (payment == Arena.NONE || !state.payments.isRefundDue(payment)) {
            throw new InvariantViolation("record " + state.sequence + " settles a refund that is not due");
        }
        state.payments.settleRefund(payment, state.timeMs + Limits.PAYMENT_MEMORY_MS);
    }
}
