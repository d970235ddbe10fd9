package io.holdfast.gateway.json;

import static io.holdfast.gateway.json.JsonMember.ascii;

import io.holdfast.core.message.HoldImageDecoder;
import io.holdfast.core.message.HoldStatus;
import io.holdfast.core.message.MessageHeaderDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A hold as the outside sees it, out of its image. */
public final class HoldJson {
    private static final byte[] HOLD = ascii("{\"hold\":");
    private static final byte[] DROP = ascii(",\"drop\":");
    private static final byte[] BUYER = ascii(",\"buyer\":");
    private static final byte[] ITEMS = ascii(",\"items\":[");
    private static final byte[] SKU = ascii("{\"sku\":");
    private static final byte[] QUANTITY = ascii(",\"quantity\":");
    private static final byte[] STATUS = ascii("],\"status\":\"");
    private static final byte[] SEQUENCE = ascii("\",\"sequence\":");
    private static final byte[] CREATED_AT = ascii(",\"createdAt\":");
    private static final byte[] EXPIRES_AT = ascii(",\"expiresAt\":");
    private static final byte[] EXPIRES_IN_MILLIS = ascii(",\"expiresInMillis\":");
    private static final byte[] AMOUNT_MINOR = ascii(",\"amountMinor\":");
    private static final byte[] CURRENCY = ascii(",\"currency\":\"");
    private static final byte[] ORDER = ascii(",\"order\":");

    private static final byte[] HELD = ascii("HELD");
    private static final byte[] PAID = ascii("PAID");
    private static final byte[] RELEASED = ascii("RELEASED");
    private static final byte[] EXPIRED = ascii("EXPIRED");

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HoldImageDecoder image = new HoldImageDecoder();
    private final UnsafeBuffer drop = new UnsafeBuffer();
    private final UnsafeBuffer text = new UnsafeBuffer();

    /**
     * Writes one hold.
     *
     * @param buffer holds a HoldImage, its header first, at {@code offset}
     * @param atMs logical time at which the image was true, which {@code expiresInMillis} counts from
     */
    public void write(final DirectBuffer buffer, final int offset, final long atMs, final JsonBuffer json) {
        image.wrapAndApplyHeader(buffer, offset, header);
        final long mostSignificantBits = image.hold().mostSignificantBits();
        final long leastSignificantBits = image.hold().leastSignificantBits();
        json.raw(HOLD).uuid(mostSignificantBits, leastSignificantBits);
        names(json);
        items(json);

        final HoldStatus status = image.status();
        json.raw(STATUS).raw(name(status)).raw(SEQUENCE).number(image.sequence());
        json.raw(CREATED_AT).time(image.createdAtMs());
        json.raw(EXPIRES_AT).time(image.expiresAtMs());
        final long leftMs = status == HoldStatus.HELD ? Math.max(0, image.expiresAtMs() - atMs) : 0;
        json.raw(EXPIRES_IN_MILLIS).number(leftMs);
        if (image.amountMinor() != HoldImageDecoder.amountMinorNullValue()) {
            json.raw(AMOUNT_MINOR).number(image.amountMinor());
            json.raw(CURRENCY);
            for (int i = 0; i < HoldImageDecoder.currencyLength(); i++) {
                json.raw((char) image.currency(i));
            }
            json.raw('"');
        }
        if (status == HoldStatus.PAID) {
            json.raw(ORDER).uuid(mostSignificantBits, leastSignificantBits);
        }
        json.raw('}');
    }

    /**
     * The drop's number and the hold's id, for metrics and the Location header, read from the last hold
     * written.
     */
    public HoldImageDecoder image() {
        return image;
    }

    /** The names come after the items in the image and before them in the JSON. */
    private void names(final JsonBuffer json) {
        for (final var item = image.items(); item.hasNext(); ) {
            item.next().skipSku();
        }
        image.wrapDrop(drop);
        image.wrapBuyer(text);
        json.raw(DROP).string(drop, 0, drop.capacity());
        json.raw(BUYER).string(text, 0, text.capacity());
        image.sbeRewind();
    }

    private void items(final JsonBuffer json) {
        json.raw(ITEMS);
        boolean first = true;
        for (final var item = image.items(); item.hasNext(); first = false) {
            item.next().wrapSku(text);
            if (!first) {
                json.raw(',');
            }
            json.raw(SKU).string(text, 0, text.capacity());
            json.raw(QUANTITY).number(item.quantity()).raw('}');
        }
    }

    private static byte[] name(final HoldStatus status) {
        return switch (status) {
            case HELD -> HELD;
            case PAID -> PAID;
            case RELEASED -> RELEASED;
            case EXPIRED -> EXPIRED;
            case NULL_VAL -> throw new IllegalStateException("a hold image without a status");
        };
    }
}
