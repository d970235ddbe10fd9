package io.holdfast.gateway.json;

import static io.holdfast.gateway.json.JsonMember.ascii;

import io.holdfast.core.message.DropImageDecoder;
import io.holdfast.core.message.DropStatus;
import io.holdfast.core.message.MessageHeaderDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A drop as the outside sees it, out of its image. */
public final class DropJson {
    private static final byte[] DROP = ascii("{\"drop\":");
    private static final byte[] NAME = ascii(",\"name\":");
    private static final byte[] STATUS = ascii(",\"status\":\"");
    private static final byte[] SEQUENCE = ascii("\",\"sequence\":");
    private static final byte[] OPENS_AT = ascii(",\"opensAt\":");
    private static final byte[] CLOSES_AT = ascii(",\"closesAt\":");
    private static final byte[] HOLD_SECONDS = ascii(",\"holdSeconds\":");
    private static final byte[] PAYMENT_GRACE_SECONDS = ascii(",\"paymentGraceSeconds\":");
    private static final byte[] MAX_HOLD_SECONDS = ascii(",\"maxHoldSeconds\":");
    private static final byte[] MAX_PER_BUYER = ascii(",\"maxPerBuyer\":");
    private static final byte[] SKUS = ascii(",\"skus\":[");
    private static final byte[] SKU = ascii("{\"sku\":");
    private static final byte[] CAPACITY = ascii(",\"capacity\":");
    private static final byte[] AVAILABLE = ascii(",\"available\":");
    private static final byte[] HELD = ascii(",\"held\":");
    private static final byte[] SOLD = ascii(",\"sold\":");
    private static final byte[] PRICE_MINOR = ascii(",\"priceMinor\":");
    private static final byte[] CURRENCY = ascii(",\"currency\":\"");
    private static final byte[] END = ascii("]}");

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final DropImageDecoder image = new DropImageDecoder();
    private final UnsafeBuffer drop = new UnsafeBuffer();
    private final UnsafeBuffer text = new UnsafeBuffer();

    private long sequence;

    /**
     * Writes one drop.
     *
     * @param buffer holds a DropImage, its header first, at {@code offset}
     */
    public void write(final DirectBuffer buffer, final int offset, final JsonBuffer json) {
        image.wrapAndApplyHeader(buffer, offset, header);
        names(json);
        json.raw(STATUS).raw(name(image.status()).name());
        sequence = image.sequence();
        json.raw(SEQUENCE).number(sequence);
        if (image.opensAtMs() != DropImageDecoder.opensAtMsNullValue()) {
            json.raw(OPENS_AT).time(image.opensAtMs());
        }
        if (image.closesAtMs() != DropImageDecoder.closesAtMsNullValue()) {
            json.raw(CLOSES_AT).time(image.closesAtMs());
        }
        json.raw(HOLD_SECONDS).number(image.holdSeconds());
        json.raw(PAYMENT_GRACE_SECONDS).number(image.paymentGraceSeconds());
        json.raw(MAX_HOLD_SECONDS).number(image.maxHoldSeconds());
        if (image.maxPerBuyer() > 0) {
            json.raw(MAX_PER_BUYER).number(image.maxPerBuyer());
        }
        skus(json);
        json.raw(END);
    }

    /** As of which command the drop last written was shown. */
    public long sequence() {
        return sequence;
    }

    /** The names come after the SKUs in the image and before them in the JSON. */
    private void names(final JsonBuffer json) {
        for (final var sku = image.skus(); sku.hasNext(); ) {
            sku.next().skipSku();
        }
        image.wrapDrop(drop);
        image.wrapName(text);
        json.raw(DROP).string(drop, 0, drop.capacity());
        json.raw(NAME).string(text, 0, text.capacity());
        image.sbeRewind();
    }

    private void skus(final JsonBuffer json) {
        json.raw(SKUS);
        boolean first = true;
        for (final var sku = image.skus(); sku.hasNext(); first = false) {
            sku.next().wrapSku(text);
            if (!first) {
                json.raw(',');
            }
            json.raw(SKU).string(text, 0, text.capacity());
            json.raw(CAPACITY).number(sku.capacity());
            json.raw(AVAILABLE).number(sku.available());
            json.raw(HELD).number(sku.held());
            json.raw(SOLD).number(sku.sold());
            if (sku.priceMinor() != DropImageDecoder.SkusDecoder.priceMinorNullValue()) {
                json.raw(PRICE_MINOR).number(sku.priceMinor()).raw(CURRENCY);
                for (int i = 0; i < DropImageDecoder.currencyLength(); i++) {
                    json.raw((char) image.currency(i));
                }
                json.raw('"');
            }
            json.raw('}');
        }
    }

    private static DropStatus name(final DropStatus status) {
        if (status == DropStatus.NULL_VAL) {
            throw new IllegalStateException("a drop image without a status");
        }
        return status;
    }
}
