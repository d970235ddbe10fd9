package io.holdfast.perf.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A drop's stock, as the server tells of it.
 *
 * @param maxPerBuyer units; 0 for no limit
 * @param skus all of them
 */
record DropBalance(long maxPerBuyer, List<Sku> skus) {
    /** Units of one SKU. */
    record Sku(String sku, long capacity, long available, long held, long sold) {}

    /** @throws IllegalArgumentException when it is none */
    static DropBalance of(final Map<String, Object> drop) {
        final List<Sku> skus = new ArrayList<>();
        for (final Map<String, Object> each : JsonReading.objects(drop, "skus")) {
            skus.add(new Sku(
                    JsonReading.text(each, "sku"),
                    JsonReading.number(each, "capacity"),
                    JsonReading.number(each, "available"),
                    JsonReading.number(each, "held"),
                    JsonReading.number(each, "sold")));
        }
        return new DropBalance(drop.containsKey("maxPerBuyer") ? JsonReading.number(drop, "maxPerBuyer") : 0, skus);
    }

    /** Units of one SKU, or -1 where the drop has none of that name. */
    long capacityOf(final String sku) {
        return skus.stream()
                .filter(each -> each.sku().equals(sku))
                .mapToLong(Sku::capacity)
                .findFirst()
                .orElse(-1);
    }

    long held() {
        return skus.stream().mapToLong(Sku::held).sum();
    }

    long sold() {
        return skus.stream().mapToLong(Sku::sold).sum();
    }
}
