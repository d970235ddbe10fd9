package io.holdfast.perf.peer;

import io.holdfast.gateway.json.JsonBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes answers as long as the product's, by the same encoder. Owned by one event loop. */
final class AnswerJson {
    private static final byte[] HOLD = ascii("{\"hold\":");
    private static final byte[] DROP = ascii(",\"drop\":");
    private static final byte[] BUYER = ascii(",\"buyer\":");
    private static final byte[] ITEMS = ascii(",\"items\":[");
    private static final byte[] SKU = ascii("{\"sku\":");
    private static final byte[] QUANTITY = ascii(",\"quantity\":");
    private static final byte[] STATUS = ascii("],\"status\":\"HELD\",\"sequence\":");
    private static final byte[] CREATED_AT = ascii(",\"createdAt\":");
    private static final byte[] EXPIRES_AT = ascii(",\"expiresAt\":");
    private static final byte[] EXPIRES_IN_MILLIS = ascii(",\"expiresInMillis\":");
    private static final byte[] AMOUNT_MINOR = ascii(",\"amountMinor\":");
    private static final byte[] CURRENCY = ascii(",\"currency\":");
    private static final byte[] SOLD_OUT =
            ascii("{\"type\":\"/problems/sold-out\",\"title\":\"Sold out\",\"status\":409,"
                    + "\"detail\":\"Less is available than was asked; unless final, a hold that ends may free some.\","
                    + "\"code\":\"sold-out\",\"final\":false,\"available\":");
    private static final byte[] HELD_NOW = ascii(",\"heldNow\":");
    private static final byte[] SHORT_SKU = ascii(",\"sku\":");
    private static final byte[] SEQUENCE = ascii(",\"sequence\":");

    private final JsonBuffer json = new JsonBuffer();

    byte[] hold(final HoldRequest request, final Verdict verdict, final long nowMs) {
        final DropDefinition drop = request.drop();
        final DropDefinition.Sku first = drop.skus().get(request.items().get(0).sku());
        json.clear().raw(HOLD).string(verdict.hold()).raw(DROP).string(drop.name());
        json.raw(BUYER).string(request.buyer()).raw(ITEMS);
        long amountMinor = 0;
        for (int i = 0; i < request.items().size(); i++) {
            final HoldRequest.Item item = request.items().get(i);
            if (i > 0) {
                json.raw(',');
            }
            json.raw(SKU)
                    .string(item.sku())
                    .raw(QUANTITY)
                    .number(item.quantity())
                    .raw('}');
            amountMinor += drop.skus().get(item.sku()).priceMinor() * item.quantity();
        }
        final long expiresAtMs = verdict.createdAtMs() + drop.holdMs();
        json.raw(STATUS).number(first.capacity() - verdict.count());
        json.raw(CREATED_AT).time(verdict.createdAtMs()).raw(EXPIRES_AT).time(expiresAtMs);
        json.raw(EXPIRES_IN_MILLIS).number(Math.max(0, expiresAtMs - nowMs));
        if (first.priceMinor() >= 0) {
            json.raw(AMOUNT_MINOR).number(amountMinor).raw(CURRENCY).string(first.currency());
        }
        return json.raw('}').toByteArray();
    }

    byte[] soldOut(final DropDefinition drop, final Verdict verdict) {
        final long capacity = drop.skus().get(verdict.sku()).capacity();
        json.clear().raw(SOLD_OUT).number(verdict.count());
        json.raw(HELD_NOW).number(capacity - verdict.count());
        json.raw(SHORT_SKU).string(verdict.sku());
        return json.raw(SEQUENCE).number(capacity - verdict.count()).raw('}').toByteArray();
    }

    /** What is rare enough to need no template. */
    byte[] problem(final int status, final String code, final String detail) {
        json.clear().raw("{\"type\":\"/problems/" + code + "\",\"title\":").string(title(code));
        json.raw(",\"status\":").number(status).raw(",\"detail\":").string(detail);
        return json.raw(",\"code\":").string(code).raw('}').toByteArray();
    }

    private static String title(final String code) {
        return code.substring(0, 1).toUpperCase(Locale.ROOT) + code.substring(1).replace('-', ' ');
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
