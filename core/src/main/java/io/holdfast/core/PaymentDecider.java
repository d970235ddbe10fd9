package io.holdfast.core;

import io.holdfast.core.message.BooleanType;
import io.holdfast.core.message.HoldPaidEncoder;
import io.holdfast.core.message.HoldStatus;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.PaymentImageDecoder;
import io.holdfast.core.message.PaymentUnfulfilledEncoder;
import io.holdfast.core.message.RecordPaymentDecoder;
import io.holdfast.core.message.RefundSettledEncoder;
import io.holdfast.core.message.RejectReason;
import io.holdfast.core.message.SettleRefundDecoder;
import io.holdfast.core.store.Arena;
import org.agrona.DirectBuffer;

/** Decides what a payment buys: an order, or a refund. Never neither, never both. */
final class PaymentDecider {
    private final Turn turn;
    private final State state;
    private final DueDecider due;
    private final SoldOutDecider soldOut;
    private final Refusals refusals;
    private final MessageHeaderDecoder header;
    private final RecordPaymentDecoder record = new RecordPaymentDecoder();
    private final SettleRefundDecoder settle = new SettleRefundDecoder();
    private final HoldPaidEncoder paid = new HoldPaidEncoder();
    private final PaymentUnfulfilledEncoder unfulfilled = new PaymentUnfulfilledEncoder();
    private final RefundSettledEncoder settled = new RefundSettledEncoder();
    private final HoldItems items = new HoldItems();

    /** Where the payment's id stands in the command under way. */
    private DirectBuffer command;

    private int idOffset;
    private int idLength;

    PaymentDecider(
            final Turn turn,
            final DueDecider due,
            final SoldOutDecider soldOut,
            final Refusals refusals,
            final MessageHeaderDecoder header) {
        this.turn = turn;
        this.state = turn.state;
        this.due = due;
        this.soldOut = soldOut;
        this.refusals = refusals;
        this.header = header;
    }

    void record(final DirectBuffer source, final int offset) {
        record.wrapAndApplyHeader(source, offset, header);
        command = source;
        idLength = record.paymentLength();
        idOffset = record.limit() + RecordPaymentDecoder.paymentHeaderLength();
        if (idLength < 1 || idLength > Limits.PAYMENT_ID_LENGTH_MAX || record.amountMinor() < 0) {
            refusals.refuse(RejectReason.INVALID_REQUEST);
            return;
        }
        final int known = state.payments.find(source, idOffset, idLength);
        if (known != Arena.NONE) {
            repeat(known);
        } else if (isFull()) {
            refusals.refuse(RejectReason.OVERLOADED);
        } else {
            decide();
        }
    }

    private void repeat(final int known) {
        final PaymentImageDecoder image = state.payments.image(known);
        final boolean isSame =
                image.hold().mostSignificantBits() == record.hold().mostSignificantBits()
                        && image.hold().leastSignificantBits() == record.hold().leastSignificantBits()
                        && image.amountMinor() == record.amountMinor()
                        && image.currency(0) == record.currency(0)
                        && image.currency(1) == record.currency(1)
                        && image.currency(2) == record.currency(2);
        if (!isSame) {
            refusals.refuse(RejectReason.KEY_REUSED);
            return;
        }
        refusals.repeat(image.sequence(), image.reason());
        turn.answerPayment(known, true);
    }

    /** No payment is forgotten early: without one whose time is over there is no room. */
    private boolean isFull() {
        return state.payments.size() >= state.rules.paymentsMax() && !state.payments.isFirstForgettable(turn.timeMs());
    }

    /** The order of the checks is the contract's precedence of reasons. */
    private void decide() {
        final int hold = state.findHold(
                record.hold().mostSignificantBits(), record.hold().leastSignificantBits());
        if (hold == Arena.NONE) {
            emitUnfulfilled(RejectReason.HOLD_UNKNOWN);
            return;
        }
        due.emitIfDue(hold);
        final HoldStatus status = state.holds.status(hold);
        final RejectReason reason = reasonAgainst(hold, status);
        if (reason == RejectReason.NONE) {
            emitPaid(hold, status != HoldStatus.HELD);
        } else {
            emitUnfulfilled(reason);
        }
    }

    private RejectReason reasonAgainst(final int hold, final HoldStatus status) {
        final Drop drop = state.dropOf(hold);
        if (status == HoldStatus.PAID) {
            return RejectReason.ALREADY_PAID;
        }
        if (drop.isPriced() && !isInCurrency(drop)) {
            return RejectReason.CURRENCY_MISMATCH;
        }
        if (drop.isPriced() && state.holds.amountMinor(hold) != record.amountMinor()) {
            return RejectReason.AMOUNT_MISMATCH;
        }
        return status == HoldStatus.HELD ? RejectReason.NONE : reasonAgainstReacquiring(drop, hold);
    }

    private RejectReason reasonAgainstReacquiring(final Drop drop, final int hold) {
        items.read(state.holds.image(hold));
        final long units = state.buyers.units(state.holds.buyer(hold)) + items.units();
        if (drop.definition.maxPerBuyer > 0 && units > drop.definition.maxPerBuyer) {
            return RejectReason.BUYER_LIMIT;
        }
        for (int i = 0; i < items.count; i++) {
            if (items.quantity[i] > drop.available[items.skuIndex[i]]) {
                return RejectReason.SOLD_OUT;
            }
        }
        return RejectReason.NONE;
    }

    private boolean isInCurrency(final Drop drop) {
        return drop.currency[0] == record.currency(0)
                && drop.currency[1] == record.currency(1)
                && drop.currency[2] == record.currency(2);
    }

    private void emitPaid(final int hold, final boolean reacquired) {
        paid.wrapAndApplyHeader(turn.buffer(), turn.at(), turn.header)
                .amountMinor(record.amountMinor())
                .putCurrency(record.currency(0), record.currency(1), record.currency(2))
                .reacquired(reacquired ? BooleanType.TRUE : BooleanType.FALSE);
        final int imageAt = Turn.nestedAt(paid.limit());
        final int length = state.holds.copyImage(hold, turn.buffer(), imageAt);
        HoldTable.patchStatus(turn.buffer(), imageAt, HoldStatus.PAID);
        paid.limit(Turn.endNested(turn.buffer(), paid.limit(), length));
        paid.putPayment(command, idOffset, idLength);
        turn.emit(paid.limit());
        soldOut.emitIfSoldOut(state.dropOf(hold));
        turn.answerPayment(state.payments.find(command, idOffset, idLength), false);
    }

    private void emitUnfulfilled(final RejectReason reason) {
        unfulfilled
                .wrapAndApplyHeader(turn.buffer(), turn.at(), turn.header)
                .amountMinor(record.amountMinor())
                .putCurrency(record.currency(0), record.currency(1), record.currency(2))
                .reason(reason);
        unfulfilled
                .hold()
                .mostSignificantBits(record.hold().mostSignificantBits())
                .leastSignificantBits(record.hold().leastSignificantBits());
        unfulfilled.putPayment(command, idOffset, idLength);
        turn.emit(unfulfilled.limit());
        turn.answerPayment(state.payments.find(command, idOffset, idLength), false);
    }

    void settleRefund(final DirectBuffer source, final int offset) {
        settle.wrapAndApplyHeader(source, offset, header);
        idLength = settle.paymentLength();
        idOffset = settle.limit() + SettleRefundDecoder.paymentHeaderLength();
        final int payment = state.payments.find(source, idOffset, idLength);
        if (payment == Arena.NONE || state.payments.image(payment).reason() == RejectReason.NONE) {
            refusals.refuse(RejectReason.UNKNOWN_PAYMENT);
            return;
        }
        final PaymentImageDecoder image = state.payments.image(payment);
        if (!state.payments.isRefundDue(payment)) {
            refusals.repeat(image.sequence(), RejectReason.NONE);
            turn.answerPayment(payment, true);
            return;
        }
        settled.wrapAndApplyHeader(turn.buffer(), turn.at(), turn.header)
                .amountMinor(image.amountMinor())
                .putCurrency(image.currency(0), image.currency(1), image.currency(2));
        settled.hold()
                .mostSignificantBits(image.hold().mostSignificantBits())
                .leastSignificantBits(image.hold().leastSignificantBits());
        settled.putPayment(source, idOffset, idLength);
        turn.emit(settled.limit());
        turn.answerPayment(payment, false);
    }
}
