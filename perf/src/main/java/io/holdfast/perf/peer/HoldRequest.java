package io.holdfast.perf.peer;

import java.util.List;

/**
 * One press of Buy.
 *
 * @param key of the press; empty when it has none
 * @param items at least one
 */
record HoldRequest(DropDefinition drop, String buyer, String key, List<Item> items) {
    static final int ITEMS_MAX = 8;

    /** So many of one SKU. */
    record Item(String sku, int quantity) {}

    boolean hasKey() {
        return !key.isEmpty();
    }

    /** The items as one word. */
    String asked() {
        if (items.size() == 1) {
            return items.get(0).sku() + '*' + items.get(0).quantity();
        }
        final StringBuilder text = new StringBuilder();
        for (final Item item : items) {
            text.append(text.isEmpty() ? "" : ",")
                    .append(item.sku())
                    .append('*')
                    .append(item.quantity());
        }
        return text.toString();
    }
}
