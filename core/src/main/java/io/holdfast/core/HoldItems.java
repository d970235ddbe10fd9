package io.holdfast.core;

import io.holdfast.core.message.CommandRejectedDecoder;
import io.holdfast.core.message.HoldImageDecoder;

/** The items of one hold or of one request, as SKU indexes and quantities; refilled for each use. */
final class HoldItems {
    final int[] skuIndex = new int[Limits.ITEMS_PER_HOLD_MAX];
    final int[] quantity = new int[Limits.ITEMS_PER_HOLD_MAX];
    int count;

    HoldItems read(final HoldImageDecoder image) {
        count = 0;
        for (final HoldImageDecoder.ItemsDecoder items = image.items(); items.hasNext(); ) {
            items.next();
            add(items.skuIndex(), items.quantity());
            items.skipSku();
        }
        return this;
    }

    HoldItems read(final CommandRejectedDecoder refusal) {
        count = 0;
        for (final CommandRejectedDecoder.ItemsDecoder items = refusal.items(); items.hasNext(); ) {
            items.next();
            add(items.skuIndex(), items.quantity());
        }
        return this;
    }

    void clear() {
        count = 0;
    }

    void add(final int sku, final int units) {
        skuIndex[count] = sku;
        quantity[count++] = units;
    }

    int units() {
        int units = 0;
        for (int i = 0; i < count; i++) {
            units += quantity[i];
        }
        return units;
    }

    /** Whether both name the same SKUs in the same quantities, in whatever order; a SKU stands in each once. */
    boolean isSameAs(final HoldItems other) {
        if (count != other.count) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (other.quantityOf(skuIndex[i]) != quantity[i]) {
                return false;
            }
        }
        return true;
    }

    private int quantityOf(final int sku) {
        for (int i = 0; i < count; i++) {
            if (skuIndex[i] == sku) {
                return quantity[i];
            }
        }
        return 0;
    }
}
