package io.holdfast.core;

import io.holdfast.core.message.BooleanType;
import io.holdfast.core.message.CommandRejectedEncoder;
import io.holdfast.core.message.CommandRepeatedEncoder;
import io.holdfast.core.message.RejectReason;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Says no, and says again what was said before: both are verdicts, journaled and answered. */
final class Refusals {
    private static final int NO_DROP = -1;

    private final Turn turn;
    private final CommandRejectedEncoder rejected = new CommandRejectedEncoder();
    private final CommandRepeatedEncoder repeated = new CommandRepeatedEncoder();

    Refusals(final Turn turn) {
        this.turn = turn;
    }

    void refuse(final RejectReason reason) {
        begin(reason, NO_DROP);
        end();
    }

    /** Refuses because of what the drop is now. */
    void refuse(final RejectReason reason, final Drop drop) {
        begin(reason, drop.number).opensAtMs(drop.definition.opensAtMs).maxPerBuyer(drop.definition.maxPerBuyer);
        end();
    }

    /** Refuses a name that the drop has no SKU of. */
    void refuseSku(final Drop drop, final DirectBuffer names, final int offset, final int length) {
        begin(RejectReason.UNKNOWN_SKU, drop.number).itemsCount(0);
        rejected.putSku(names, offset, length).putBuyer(names, 0, 0).putKey(names, 0, 0);
        emitAndAnswer();
    }

    void refuseBuyerLimit(final Drop drop, final HoldRequest request, final int units) {
        begin(RejectReason.BUYER_LIMIT, drop.number).held(units).maxPerBuyer(drop.definition.maxPerBuyer);
        endRemembered(request, null, 0);
    }

    void refuseSoldOut(final Drop drop, final HoldRequest request, final int item) {
        final int sku = request.items.skuIndex[item];
        final int available = drop.available[sku];
        final int held = drop.held[sku];
        final boolean isFinal = available + held < request.items.quantity[item];
        begin(RejectReason.SOLD_OUT, drop.number)
                .available(available)
                .held(held)
                .isFinal(isFinal ? BooleanType.TRUE : BooleanType.FALSE);
        endRemembered(request, drop.skus[sku], drop.skus[sku].capacity());
    }

    /** Notes that the verdict of an earlier command is given again. */
    void repeat(final long sequence, final RejectReason reason) {
        repeated.wrapAndApplyHeader(turn.buffer(), turn.at(), turn.header)
                .sequence(sequence)
                .reason(reason);
        turn.emit(repeated.limit());
    }

    private CommandRejectedEncoder begin(final RejectReason reason, final int drop) {
        return rejected.wrapAndApplyHeader(turn.buffer(), turn.at(), turn.header)
                .opensAtMs(Drop.NO_TIME)
                .dropNumber(drop)
                .available(0)
                .held(0)
                .maxPerBuyer(0)
                .reason(reason)
                .isFinal(BooleanType.FALSE);
    }

    private void end() {
        rejected.itemsCount(0);
        final MutableDirectBuffer none = turn.buffer();
        rejected.putSku(none, 0, 0).putBuyer(none, 0, 0).putKey(none, 0, 0);
        emitAndAnswer();
    }

    /** Adds what a repetition is recognised by, if the request bears a key. */
    private void endRemembered(final HoldRequest request, final DirectBuffer sku, final int skuLength) {
        final boolean isRemembered = request.keyLength > 0;
        final HoldItems items = request.items;
        final CommandRejectedEncoder.ItemsEncoder each = rejected.itemsCount(isRemembered ? items.count : 0);
        for (int i = 0; isRemembered && i < items.count; i++) {
            each.next().skuIndex(items.skuIndex[i]).quantity(items.quantity[i]);
        }
        rejected.putSku(sku == null ? request.buffer : sku, 0, skuLength)
                .putBuyer(request.buffer, request.buyerOffset, isRemembered ? request.buyerLength : 0)
                .putKey(request.buffer, request.keyOffset, request.keyLength);
        emitAndAnswer();
    }

    private void emitAndAnswer() {
        final int offset = turn.at();
        final int limit = rejected.limit();
        turn.emit(limit);
        turn.answer(turn.sequence(), false, turn.buffer(), offset, limit - offset);
    }
}
