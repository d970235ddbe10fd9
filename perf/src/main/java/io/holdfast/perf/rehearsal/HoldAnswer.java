package io.holdfast.perf.rehearsal;

import java.util.Map;

/**
 * A hold, as the server tells of it.
 *
 * @param id the hold's
 * @param buyer whose it is
 * @param units of all its items
 * @param status HELD, PAID, RELEASED or EXPIRED
 * @param expiresInMs from when it was told
 * @param amountMinor to pay; 0 where there are no prices
 * @param currency empty where there are no prices
 */
record HoldAnswer(
        String id, String buyer, long units, String status, long expiresInMs, long amountMinor, String currency) {

    /** @throws IllegalArgumentException when it is none */
    static HoldAnswer of(final Map<String, Object> hold) {
        return new HoldAnswer(
                JsonReading.text(hold, "hold"),
                JsonReading.text(hold, "buyer"),
                JsonReading.objects(hold, "items").stream()
                        .mapToLong(item -> JsonReading.number(item, "quantity"))
                        .sum(),
                JsonReading.text(hold, "status"),
                JsonReading.number(hold, "expiresInMillis"),
                hold.containsKey("amountMinor") ? JsonReading.number(hold, "amountMinor") : 0,
                hold.containsKey("currency") ? JsonReading.text(hold, "currency") : "");
    }
}
