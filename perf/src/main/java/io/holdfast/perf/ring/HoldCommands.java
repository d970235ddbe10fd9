package io.holdfast.perf.ring;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.core.message.CreateDropDecoder;
import io.holdfast.core.message.CreateDropEncoder;
import io.holdfast.core.message.MessageHeaderEncoder;
import io.holdfast.core.message.PlaceHoldEncoder;
import io.holdfast.gateway.sequencer.Exchange;
import java.util.Locale;
import java.util.SplittableRandom;
import org.agrona.MutableDirectBuffer;

/**
 * Encodes what the gateway would have encoded for one request after the other: a new hold id, a buyer and an idempotency
 * key (36 characters, as a UUID has) of its own each. One for each producer; allocates nothing.
 */
final class HoldCommands {
    /** The drop that has enough for everybody, and the one whose only unit is taken. */
    static final String PLENTY = "ring-plenty";

    static final String NONE_LEFT = "ring-none-left";
    static final int PLENTY_CAPACITY = 10_000_000;

    /** Keys that a producer repeats in {@link AnswerMix#REPLAYS}. */
    static final int REPLAYED_KEYS = 1_000;

    private static final int HOLD_SECONDS = 3_600;
    private static final int GRANTED_EVERY = 10;
    private static final int DIGITS = 10;
    private static final byte[] SKU = "GA".getBytes(US_ASCII);

    private final AnswerMix mix;
    private final SplittableRandom random;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final PlaceHoldEncoder placeHold = new PlaceHoldEncoder();
    private final byte[] plenty = PLENTY.getBytes(US_ASCII);
    private final byte[] noneLeft = NONE_LEFT.getBytes(US_ASCII);
    private final byte[] buyer;
    private final byte[] key;

    private long next;

    HoldCommands(final AnswerMix mix, final int producer) {
        this.mix = mix;
        this.random = new SplittableRandom(producer);
        this.buyer = String.format(Locale.ROOT, "b-%02d-%010d", producer, 0).getBytes(US_ASCII);
        this.key = String.format(Locale.ROOT, "0e0f4c1a-77aa-4b5c-9d1e-%02d%010d", producer, 0)
                .getBytes(US_ASCII);
    }

    /** Makes the exchange ready with the next command. */
    void encodeNext(final Exchange exchange) {
        final long number = next++;
        final long named = mix == AnswerMix.REPLAYS ? number % REPLAYED_KEYS : number;
        digits(buyer, named);
        digits(key, named);
        exchange.ready(placeHold(exchange.message(), isForPlenty(number) ? plenty : noneLeft), false);
    }

    private boolean isForPlenty(final long number) {
        return switch (mix) {
            case GRANTED, REPLAYS -> true;
            case SOLD_OUT -> false;
            case DROP -> number % GRANTED_EVERY == 0;
        };
    }

    private static void digits(final byte[] text, final long number) {
        long rest = number;
        for (int i = text.length - 1; i >= text.length - DIGITS; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private int placeHold(final MutableDirectBuffer into, final byte[] drop) {
        placeHold.wrapAndApplyHeader(into, 0, header);
        placeHold.hold().mostSignificantBits(random.nextLong()).leastSignificantBits(random.nextLong());
        placeHold.itemsCount(1).next().quantity(1).putSku(SKU, 0, SKU.length);
        placeHold.putDrop(drop, 0, drop.length).putBuyer(buyer, 0, buyer.length).putKey(key, 0, key.length);
        return placeHold.limit();
    }

    /** A drop that is open, with one SKU. */
    static void createDrop(final Exchange exchange, final String drop, final int capacity) {
        final CreateDropEncoder create = new CreateDropEncoder();
        create.wrapAndApplyHeader(exchange.message(), 0, new MessageHeaderEncoder())
                .opensAtMs(CreateDropDecoder.opensAtMsNullValue())
                .closesAtMs(CreateDropDecoder.closesAtMsNullValue())
                .holdSeconds(HOLD_SECONDS)
                .paymentGraceSeconds(15)
                .maxHoldSeconds(HOLD_SECONDS)
                .maxPerBuyer(4)
                .putCurrency((byte) 'E', (byte) 'U', (byte) 'R');
        create.skusCount(1).next().capacity(capacity).priceMinor(4_500).putSku(SKU, 0, SKU.length);
        create.drop(drop).name(drop);
        exchange.ready(create.limit(), false);
    }
}
