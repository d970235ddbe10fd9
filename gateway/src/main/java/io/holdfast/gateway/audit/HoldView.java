package io.holdfast.gateway.audit;

import io.holdfast.core.message.HoldImageDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A hold as an event shows it.
 *
 * @param items said in words: {@code 2 × GA and 1 × VIP}
 */
record HoldView(UUID id, String drop, String buyer, String items, long expiresAtMs) {

    /** Reads the image nested in an event. */
    static HoldView of(final UnsafeBuffer image) {
        final HoldImageDecoder decoder =
                new HoldImageDecoder().wrapAndApplyHeader(image, 0, new MessageHeaderDecoder());
        final UUID id =
                new UUID(decoder.hold().mostSignificantBits(), decoder.hold().leastSignificantBits());
        final StringBuilder items = new StringBuilder();
        for (final var item : decoder.items()) {
            append(items, item.quantity(), item.sku());
        }
        final String drop = decoder.drop();
        return new HoldView(id, drop, decoder.buyer(), items.toString(), decoder.expiresAtMs());
    }

    static void append(final StringBuilder items, final int quantity, final String sku) {
        items.append(items.isEmpty() ? "" : " and ")
                .append(quantity)
                .append(" × ")
                .append(sku);
    }
}
