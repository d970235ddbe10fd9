package io.holdfast.perf.jmh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.core.Limits;
import io.holdfast.core.message.CreateDropDecoder;
import io.holdfast.core.message.CreateDropEncoder;
import io.holdfast.core.message.ExpireHoldsEncoder;
import io.holdfast.core.message.ExtendHoldEncoder;
import io.holdfast.core.message.MessageHeaderEncoder;
import io.holdfast.core.message.PlaceHoldEncoder;
import io.holdfast.core.message.RecordPaymentEncoder;
import io.holdfast.core.message.ReleaseHoldEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * Encodes the commands of a sale, each with its header at offset 0, and returns the length. Allocates nothing.
 *
 * <p>Holds, buyers, keys and payments are numbered; what stands in the messages is spread by {@link #spread}, so that
 * ids and names are as random as those of a real sale, and can be said again without being remembered.
 */
final class SaleCommands {
    private static final String[] FIRST_SKUS = {"GA", "VIP"};
    private static final long PRICE_MINOR = 4_500;
    private static final int MAX_PER_BUYER = 16;

    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
    private static final int BUYER_LENGTH = 18;
    private static final int KEY_LENGTH = 32;
    private static final int PAYMENT_LENGTH = 27;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final PlaceHoldEncoder place = new PlaceHoldEncoder();
    private final ReleaseHoldEncoder release = new ReleaseHoldEncoder();
    private final ExtendHoldEncoder extend = new ExtendHoldEncoder();
    private final RecordPaymentEncoder payment = new RecordPaymentEncoder();
    private final ExpireHoldsEncoder expire = new ExpireHoldsEncoder();

    private final Width width;
    private final byte[][] skus;
    private final byte[] buyer = "b-0000000000000000".getBytes(US_ASCII);
    private final byte[] key = new byte[KEY_LENGTH];
    private final byte[] paymentId = "pi_000000000000000000000000".getBytes(US_ASCII);

    /** Of drops and holds as narrow as most. */
    SaleCommands() {
        this(Width.NARROW);
    }

    SaleCommands(final Width width) {
        this.width = width;
        this.skus = new byte[width.skus()][];
        for (int i = 0; i < skus.length; i++) {
            skus[i] = (i < FIRST_SKUS.length ? FIRST_SKUS[i] : "SKU-" + i).getBytes(US_ASCII);
        }
    }

    /** A drop with all SKUs, each of the capacity. */
    int createDrop(final MutableDirectBuffer into, final byte[] drop, final int capacity, final int holdSeconds) {
        final CreateDropEncoder create = new CreateDropEncoder();
        create.wrapAndApplyHeader(into, 0, header)
                .opensAtMs(CreateDropDecoder.opensAtMsNullValue())
                .closesAtMs(CreateDropDecoder.closesAtMsNullValue())
                .holdSeconds(holdSeconds)
                .paymentGraceSeconds(0)
                .maxHoldSeconds(Math.min(2 * holdSeconds, Limits.HOLD_SECONDS_MAX))
                .maxPerBuyer(MAX_PER_BUYER)
                .currency("EUR");
        final CreateDropEncoder.SkusEncoder encoder = create.skusCount(skus.length);
        for (final byte[] sku : skus) {
            encoder.next().capacity(capacity).priceMinor(PRICE_MINOR).putSku(sku, 0, sku.length);
        }
        create.putDrop(drop, 0, drop.length).putName(drop, 0, drop.length);
        return create.limit();
    }

    /** A press of Buy for one unit of each item, whose SKUs the key decides: the same key, the same items. */
    int place(
            final MutableDirectBuffer into,
            final byte[] drop,
            final long hold,
            final long buyerNumber,
            final long keyNumber) {
        putPlace(into, drop, hold, buyerNumber, keyNumber);
        hex(spread(~keyNumber), key, 0);
        hex(spread(keyNumber + 1), key, Long.BYTES * 2);
        place.putKey(key, 0, KEY_LENGTH);
        return place.limit();
    }

    /** The same without an idempotency key. */
    int placeWithoutKey(final MutableDirectBuffer into, final byte[] drop, final long hold, final long buyerNumber) {
        putPlace(into, drop, hold, buyerNumber, hold);
        place.putKey(key, 0, 0);
        return place.limit();
    }

    private void putPlace(
            final MutableDirectBuffer into,
            final byte[] drop,
            final long hold,
            final long buyerNumber,
            final long itemNumber) {
        place.wrapAndApplyHeader(into, 0, header);
        place.hold().mostSignificantBits(most(hold)).leastSignificantBits(least(hold));
        final PlaceHoldEncoder.ItemsEncoder items = place.itemsCount(width.items());
        for (int i = 0; i < width.items(); i++) {
            final byte[] sku = skus[(int) ((itemNumber + i) % skus.length)];
            items.next().quantity(1).putSku(sku, 0, sku.length);
        }
        hex(spread(buyerNumber), buyer, BUYER_LENGTH - Long.BYTES * 2);
        place.putDrop(drop, 0, drop.length).putBuyer(buyer, 0, BUYER_LENGTH);
    }

    int release(final MutableDirectBuffer into, final long hold) {
        release.wrapAndApplyHeader(into, 0, header);
        release.hold().mostSignificantBits(most(hold)).leastSignificantBits(least(hold));
        release.putDrop(key, 0, 0).putBuyer(key, 0, 0);
        return release.limit();
    }

    int extend(final MutableDirectBuffer into, final long hold, final int seconds) {
        extend.wrapAndApplyHeader(into, 0, header).seconds(seconds);
        extend.hold().mostSignificantBits(most(hold)).leastSignificantBits(least(hold));
        extend.putDrop(key, 0, 0).putBuyer(key, 0, 0);
        return extend.limit();
    }

    int pay(final MutableDirectBuffer into, final long hold, final long paymentNumber) {
        payment.wrapAndApplyHeader(into, 0, header).amountMinor(PRICE_MINOR).putCurrency((byte) 'E', (byte) 'U', (byte)
                'R');
        payment.hold().mostSignificantBits(most(hold)).leastSignificantBits(least(hold));
        hex(spread(paymentNumber), paymentId, PAYMENT_LENGTH - Long.BYTES * 2);
        payment.putPayment(paymentId, 0, PAYMENT_LENGTH);
        return payment.limit();
    }

    int expire(final MutableDirectBuffer into) {
        return expire.wrapAndApplyHeader(into, 0, header).limit();
    }

    private static long most(final long hold) {
        return spread(2 * hold);
    }

    private static long least(final long hold) {
        return spread(2 * hold + 1);
    }

    private static void hex(final long value, final byte[] into, final int offset) {
        for (int i = 0; i < Long.BYTES * 2; i++) {
            into[offset + i] = HEX[(int) (value >>> (60 - 4 * i)) & 0xF];
        }
    }

    /** SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): one to one, and looks random. */
    static long spread(final long number) {
        long z = (number + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
