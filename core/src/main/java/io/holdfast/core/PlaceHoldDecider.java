package io.holdfast.core;

import io.holdfast.core.message.DropStatus;
import io.holdfast.core.message.HoldImageDecoder;
import io.holdfast.core.message.HoldImageEncoder;
import io.holdfast.core.message.HoldPlacedEncoder;
import io.holdfast.core.message.HoldStatus;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.MessageHeaderEncoder;
import io.holdfast.core.message.RejectReason;
import io.holdfast.core.store.Arena;
import io.holdfast.core.store.Bytes;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Decides whether a press of Buy gets its hold. */
final class PlaceHoldDecider {
    private final Turn turn;
    private final State state;
    private final DueDecider due;
    private final Refusals refusals;
    private final MessageHeaderDecoder header;
    private final HoldRequest request = new HoldRequest();
    private final HoldItems known = new HoldItems();
    private final HoldPlacedEncoder placed = new HoldPlacedEncoder();
    private final HoldImageEncoder image = new HoldImageEncoder();
    private final MessageHeaderEncoder imageHeader = new MessageHeaderEncoder();

    PlaceHoldDecider(
            final Turn turn, final DueDecider due, final Refusals refusals, final MessageHeaderDecoder header) {
        this.turn = turn;
        this.state = turn.state;
        this.due = due;
        this.refusals = refusals;
        this.header = header;
    }

    /** The order of the checks is the contract's precedence of refusals. */
    void place(final DirectBuffer command, final int offset) {
        request.read(command, offset, header);
        if (!request.isWellFormed) {
            refusals.refuse(RejectReason.INVALID_REQUEST);
            return;
        }
        final Drop drop = state.drops.find(command, request.dropOffset, request.dropLength);
        if (drop == null) {
            refusals.refuse(RejectReason.UNKNOWN_DROP);
            return;
        }
        final int unknownItem = request.resolve(drop);
        if (isRepeated(drop)) {
            return;
        }
        if (unknownItem >= 0) {
            refusals.refuseSku(drop, command, request.skuOffset[unknownItem], request.skuLength[unknownItem]);
        } else if (request.hasRepeatedSku()) {
            refusals.refuse(RejectReason.INVALID_REQUEST);
        } else if (drop.status != DropStatus.OPEN) {
            refusals.refuse(reasonNotOpen(drop), drop);
        } else {
            placeFrom(drop);
        }
    }

    private static RejectReason reasonNotOpen(final Drop drop) {
        return switch (drop.status) {
            case CLOSED -> RejectReason.DROP_CLOSED;
            case PAUSED -> RejectReason.DROP_PAUSED;
            default -> RejectReason.DROP_NOT_OPEN;
        };
    }

    private void placeFrom(final Drop drop) {
        final HoldItems items = request.items;
        if (drop.definition.maxPerBuyer > 0) {
            final int buyer = state.press.buyer();
            final long units = buyer == Arena.NONE ? 0 : state.buyers.units(buyer);
            if (units + items.units() > drop.definition.maxPerBuyer) {
                refusals.refuseBuyerLimit(drop, request, (int) units);
                return;
            }
        }
        for (int i = 0; i < items.count; i++) {
            if (items.quantity[i] > drop.available[items.skuIndex[i]]) {
                refusals.refuseSoldOut(drop, request, i);
                return;
            }
        }
        if (state.liveHolds >= state.rules.liveHoldsMax()) {
            refusals.refuse(RejectReason.OVERLOADED);
            return;
        }
        emitPlaced(drop);
        turn.answerHold(state.latestHold, false);
    }

    /**
     * Gives the verdict again of the same press of Buy, known by its key or, for a command that was submitted twice, by
     * the hold's id; refuses another press that uses the same.
     */
    private boolean isRepeated(final Drop drop) {
        final PressLookup press = state.press;
        press.begin(turn.sequence(), drop.number);
        press.names(request.buffer, request.buyerOffset, request.buyerLength, request.keyOffset, request.keyLength);
        press.findHold(request.idMost, request.idLeast);
        final int hold = state.known(press.hold());
        if (hold != Arena.NONE) {
            repeatHold(hold, isSamePress(drop, hold));
            return true;
        }
        press.findKey();
        final int record = press.known();
        if (record == Arena.NONE) {
            return false;
        }
        if (state.keys.isHold(record)) {
            repeatHold(record, known.read(state.holds.image(record)).isSameAs(request.items));
            return true;
        }
        if (state.refusals.expiresAtMs(record) <= turn.timeMs()) {
            return false;
        }
        repeatRefusal(record);
        return true;
    }

    private boolean isSamePress(final Drop drop, final int hold) {
        final UnsafeBuffer page = state.holds.page(hold);
        return state.holds.dropNumber(hold) == drop.number
                && state.buyers.isNamed(
                        state.holds.buyer(hold), request.buffer, request.buyerOffset, request.buyerLength)
                && state.holds.keyLength(hold) == request.keyLength
                && Bytes.equal(page, state.holds.keyOffset(hold), request.buffer, request.keyOffset, request.keyLength)
                && known.read(state.holds.image(hold)).isSameAs(request.items);
    }

    private void repeatHold(final int hold, final boolean isSame) {
        if (!isSame) {
            refusals.refuse(RejectReason.KEY_REUSED);
            return;
        }
        due.emitIfDue(hold);
        refusals.repeat(state.holds.sequence(hold), RejectReason.NONE);
        turn.answerHold(hold, true);
    }

    private void repeatRefusal(final int refusal) {
        if (!known.read(state.refusals.decoder(refusal)).isSameAs(request.items)) {
            refusals.refuse(RejectReason.KEY_REUSED);
            return;
        }
        final long sequence = state.refusals.sequence(refusal);
        refusals.repeat(sequence, state.refusals.decoder(refusal).reason());
        turn.answer(
                sequence,
                true,
                state.refusals.page(refusal),
                state.refusals.offset(refusal),
                state.refusals.length(refusal));
    }

    private void emitPlaced(final Drop drop) {
        final MutableDirectBuffer buffer = turn.buffer();
        placed.wrapAndApplyHeader(buffer, turn.at(), turn.header);
        final int imageAt = Turn.nestedAt(placed.limit());
        final int imageLength = encodeImage(drop, buffer, imageAt);
        placed.limit(Turn.endNested(buffer, placed.limit(), imageLength));
        placed.putKey(request.buffer, request.keyOffset, request.keyLength);
        turn.emit(placed.limit());
    }

    private int encodeImage(final Drop drop, final MutableDirectBuffer buffer, final int offset) {
        final HoldItems items = request.items;
        image.wrapAndApplyHeader(buffer, offset, imageHeader)
                .sequence(turn.sequence())
                .createdAtMs(turn.timeMs())
                .expiresAtMs(turn.timeMs() + drop.definition.holdSeconds * 1_000L)
                .amountMinor(amountMinor(drop, items))
                .dropNumber(drop.number)
                .status(HoldStatus.HELD)
                .putCurrency(drop.currency, 0);
        image.hold().mostSignificantBits(request.idMost).leastSignificantBits(request.idLeast);
        final HoldImageEncoder.ItemsEncoder each = image.itemsCount(items.count);
        for (int i = 0; i < items.count; i++) {
            final int sku = items.skuIndex[i];
            each.next()
                    .skuIndex(sku)
                    .quantity(items.quantity[i])
                    .priceMinor(drop.priceMinor[sku])
                    .putSku(drop.skus[sku], 0, drop.skus[sku].capacity());
        }
        image.putDrop(drop.id, 0, drop.id.capacity())
                .putBuyer(request.buffer, request.buyerOffset, request.buyerLength);
        return MessageHeaderEncoder.ENCODED_LENGTH + image.encodedLength();
    }

    private static long amountMinor(final Drop drop, final HoldItems items) {
        if (!drop.isPriced()) {
            return HoldImageDecoder.amountMinorNullValue();
        }
        long amount = 0;
        for (int i = 0; i < items.count; i++) {
            amount += drop.priceMinor[items.skuIndex[i]] * items.quantity[i];
        }
        return amount;
    }
}
