package io.holdfast.perf.rehearsal;

/**
 * What is sold.
 *
 * @param drop its name
 * @param isMade whether the rehearsal makes it, and so knows that nobody else buys in it
 * @param sku what is bought, one unit a press
 * @param stock units, when it is made
 * @param priceMinor of a unit, when it is made
 * @param currency ISO 4217
 * @param maxPerBuyer units, when it is made; 0 for no limit
 */
public record Offer(
        String drop, boolean isMade, String sku, int stock, long priceMinor, String currency, int maxPerBuyer) {}
