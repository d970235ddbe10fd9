package io.holdfast.perf.peer;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What does not change of a drop, so that Redis need not be asked for it.
 *
 * @param buyerLimit units that one buyer may hold; 0 is no limit
 * @param skus by name; at most {@link #SKUS_MAX}
 */
record DropDefinition(
        String name,
        int buyerLimit,
        long holdMs,
        Map<String, Sku> skus,
        byte[] buyerLimitArgument,
        byte[] holdMsArgument) {
    static final int SKUS_MAX = 1_000;

    /** For how long a refusal is remembered by its key, as the product does. */
    static final byte[] REFUSAL_MS_ARGUMENT = ascii(60_000);

    /**
     * What is sold.
     *
     * @param priceMinor of a unit; negative is none
     * @param currency empty where there is no price
     */
    record Sku(long capacity, long priceMinor, String currency) {}

    DropDefinition(final String name, final int buyerLimit, final long holdMs, final Map<String, Sku> skus) {
        this(name, buyerLimit, holdMs, Map.copyOf(skus), ascii(buyerLimit), ascii(holdMs));
    }

    private static byte[] ascii(final long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }
}
