package io.holdfast.perf.ring;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.core.message.CreateDropDecoder;
import io.holdfast.core.message.CreateDropEncoder;
import io.holdfast.core.message.ExtendHoldEncoder;
import io.holdfast.core.message.MessageHeaderEncoder;
import io.holdfast.core.message.PlaceHoldEncoder;
import io.holdfast.core.message.RecordPaymentEncoder;
import io.holdfast.core.message.ReleaseHoldEncoder;
import io.holdfast.core.message.StartServerEncoder;
import io.holdfast.gateway.Build;
import java.util.UUID;
import org.agrona.MutableDirectBuffer;

/** Encodes the commands of a history, header at offset 0; each method returns the length. */
final class HistoryCommands {
    static final long PRICE_MINOR = 4_500;

    private static final long HOLD_MOST = 0x0e0f_4c1a_77aa_4b5cL;
    private static final byte[] SKU = "GA".getBytes(US_ASCII);

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final PlaceHoldEncoder placeHold = new PlaceHoldEncoder();
    private final ReleaseHoldEncoder releaseHold = new ReleaseHoldEncoder();
    private final ExtendHoldEncoder extendHold = new ExtendHoldEncoder();
    private final RecordPaymentEncoder recordPayment = new RecordPaymentEncoder();

    /** The id of the hold with that number. */
    static UUID hold(final long number) {
        return new UUID(HOLD_MOST, number);
    }

    int startServer(final MutableDirectBuffer into, final long epoch, final long timeMs) {
        final StartServerEncoder start = new StartServerEncoder();
        start.wrapAndApplyHeader(into, 0, header)
                .epoch(epoch)
                .wallClockMs(timeMs)
                .build(Build.version());
        return start.limit();
    }

    /** @param holdSeconds how long a hold lives, and half of what it lives at most */
    int createDrop(final MutableDirectBuffer into, final String drop, final int capacity, final int holdSeconds) {
        final CreateDropEncoder create = new CreateDropEncoder();
        create.wrapAndApplyHeader(into, 0, header)
                .opensAtMs(CreateDropDecoder.opensAtMsNullValue())
                .closesAtMs(CreateDropDecoder.closesAtMsNullValue())
                .holdSeconds(holdSeconds)
                .paymentGraceSeconds(15)
                .maxHoldSeconds(2 * holdSeconds)
                .maxPerBuyer(0)
                .putCurrency((byte) 'E', (byte) 'U', (byte) 'R');
        create.skusCount(1).next().capacity(capacity).priceMinor(PRICE_MINOR).putSku(SKU, 0, SKU.length);
        create.drop(drop).name(drop);
        return create.limit();
    }

    int placeHold(
            final MutableDirectBuffer into, final long hold, final String drop, final String buyer, final String key) {
        placeHold.wrapAndApplyHeader(into, 0, header);
        placeHold.hold().mostSignificantBits(HOLD_MOST).leastSignificantBits(hold);
        placeHold.itemsCount(1).next().quantity(1).putSku(SKU, 0, SKU.length);
        final byte[] keyBytes = key.getBytes(US_ASCII);
        placeHold.drop(drop).buyer(buyer).putKey(keyBytes, 0, keyBytes.length);
        return placeHold.limit();
    }

    int pay(final MutableDirectBuffer into, final long hold, final String payment) {
        recordPayment
                .wrapAndApplyHeader(into, 0, header)
                .amountMinor(PRICE_MINOR)
                .putCurrency((byte) 'E', (byte) 'U', (byte) 'R');
        recordPayment.hold().mostSignificantBits(HOLD_MOST).leastSignificantBits(hold);
        recordPayment.payment(payment);
        return recordPayment.limit();
    }

    int release(final MutableDirectBuffer into, final long hold) {
        releaseHold.wrapAndApplyHeader(into, 0, header);
        releaseHold.hold().mostSignificantBits(HOLD_MOST).leastSignificantBits(hold);
        releaseHold.drop("").buyer("");
        return releaseHold.limit();
    }

    int extend(final MutableDirectBuffer into, final long hold) {
        extendHold.wrapAndApplyHeader(into, 0, header).seconds(120);
        extendHold.hold().mostSignificantBits(HOLD_MOST).leastSignificantBits(hold);
        extendHold.drop("").buyer("");
        return extendHold.limit();
    }
}
