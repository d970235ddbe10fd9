package io.holdfast.core;

import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.PlaceHoldDecoder;
import org.agrona.DirectBuffer;

/** A {@code PlaceHold} taken apart once: where its names stand in the command, and its items. Refilled for each use. */
final class HoldRequest {
    final HoldItems items = new HoldItems();
    final int[] skuOffset = new int[Limits.ITEMS_PER_HOLD_MAX];
    final int[] skuLength = new int[Limits.ITEMS_PER_HOLD_MAX];

    DirectBuffer buffer;
    long idMost;
    long idLeast;
    int dropOffset;
    int dropLength;
    int buyerOffset;
    int buyerLength;
    int keyOffset;
    int keyLength;
    boolean isWellFormed;

    private final PlaceHoldDecoder command = new PlaceHoldDecoder();

    /** Takes the command apart; {@link #isWellFormed} says whether it keeps the bounds that a gateway must enforce. */
    void read(final DirectBuffer source, final int offset, final MessageHeaderDecoder header) {
        buffer = source;
        command.wrapAndApplyHeader(source, offset, header);
        idMost = command.hold().mostSignificantBits();
        idLeast = command.hold().leastSignificantBits();
        readItems(command.items());
        if (!isWellFormed) {
            return;
        }
        dropLength = command.dropLength();
        dropOffset = command.limit() + PlaceHoldDecoder.dropHeaderLength();
        command.skipDrop();
        buyerLength = command.buyerLength();
        buyerOffset = command.limit() + PlaceHoldDecoder.buyerHeaderLength();
        command.skipBuyer();
        keyLength = command.keyLength();
        keyOffset = command.limit() + PlaceHoldDecoder.keyHeaderLength();
        isWellFormed = buyerLength >= 1 && buyerLength <= Limits.NAME_LENGTH_MAX && keyLength <= Limits.KEY_LENGTH_MAX;
    }

    private void readItems(final PlaceHoldDecoder.ItemsDecoder each) {
        items.clear();
        isWellFormed = each.count() >= 1 && each.count() <= Limits.ITEMS_PER_HOLD_MAX;
        for (int i = 0; isWellFormed && each.hasNext(); i++) {
            each.next();
            final int quantity = each.quantity();
            isWellFormed = quantity >= 1 && quantity <= Limits.QUANTITY_MAX;
            skuLength[i] = each.skuLength();
            skuOffset[i] = command.limit() + PlaceHoldDecoder.ItemsDecoder.skuHeaderLength();
            each.skipSku();
            items.add(-1, quantity);
        }
    }

    /**
     * Looks every SKU up in the drop.
     *
     * @return the first item whose SKU the drop does not have, or -1
     */
    int resolve(final Drop drop) {
        int unknown = -1;
        for (int i = 0; i < items.count; i++) {
            items.skuIndex[i] = drop.skuIndex(buffer, skuOffset[i], skuLength[i]);
            if (items.skuIndex[i] < 0 && unknown < 0) {
                unknown = i;
            }
        }
        return unknown;
    }

    /** Whether a SKU is named twice; asked once all are resolved. */
    boolean hasRepeatedSku() {
        for (int i = 1; i < items.count; i++) {
            for (int j = 0; j < i; j++) {
                if (items.skuIndex[i] == items.skuIndex[j]) {
                    return true;
                }
            }
        }
        return false;
    }
}
