package io.holdfast.gateway.pipeline;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.core.message.ArchiveDropEncoder;
import io.holdfast.core.message.CloseDropEncoder;
import io.holdfast.core.message.CreateDropDecoder;
import io.holdfast.core.message.CreateDropEncoder;
import io.holdfast.core.message.MessageHeaderEncoder;
import io.holdfast.core.message.PlaceHoldEncoder;
import io.holdfast.core.message.QueryDropEncoder;
import io.holdfast.core.message.QueryHoldEncoder;
import io.holdfast.core.message.RecordPaymentEncoder;
import io.holdfast.core.message.ReleaseHoldEncoder;
import io.holdfast.gateway.sequencer.Exchange;
import java.util.UUID;
import org.agrona.MutableDirectBuffer;

/** Encodes what a gateway would have encoded; each method returns the message's length. */
final class TestMessages {
    private TestMessages() {}

    static int createDrop(
            final MutableDirectBuffer buffer, final String drop, final int capacity, final int holdSeconds) {
        final CreateDropEncoder create = new CreateDropEncoder();
        create.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .opensAtMs(CreateDropDecoder.opensAtMsNullValue())
                .closesAtMs(CreateDropDecoder.closesAtMsNullValue())
                .holdSeconds(holdSeconds)
                .paymentGraceSeconds(0)
                .maxHoldSeconds(Math.max(600, holdSeconds))
                .maxPerBuyer(0)
                .putCurrency((byte) 0, (byte) 0, (byte) 0);
        create.skusCount(1)
                .next()
                .capacity(capacity)
                .priceMinor(CreateDropDecoder.SkusDecoder.priceMinorNullValue())
                .sku("GA");
        create.drop(drop).name(drop);
        return create.limit();
    }

    static int closeDrop(final MutableDirectBuffer buffer, final String drop) {
        final CloseDropEncoder close = new CloseDropEncoder();
        close.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).drop(drop);
        return close.limit();
    }

    static int archiveDrop(final MutableDirectBuffer buffer, final String drop) {
        final ArchiveDropEncoder archive = new ArchiveDropEncoder();
        archive.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).drop(drop);
        return archive.limit();
    }

    static int placeHold(
            final MutableDirectBuffer buffer,
            final String drop,
            final String buyer,
            final String key,
            final UUID hold) {
        final PlaceHoldEncoder place = new PlaceHoldEncoder();
        place.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        place.hold()
                .mostSignificantBits(hold.getMostSignificantBits())
                .leastSignificantBits(hold.getLeastSignificantBits());
        place.itemsCount(1).next().quantity(1).sku("GA");
        final byte[] keyBytes = key.getBytes(US_ASCII);
        place.drop(drop).buyer(buyer).putKey(keyBytes, 0, keyBytes.length);
        return place.limit();
    }

    static int releaseHold(final MutableDirectBuffer buffer, final UUID hold) {
        final ReleaseHoldEncoder release = new ReleaseHoldEncoder();
        release.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        release.hold()
                .mostSignificantBits(hold.getMostSignificantBits())
                .leastSignificantBits(hold.getLeastSignificantBits());
        release.drop("").buyer("");
        return release.limit();
    }

    static int recordPayment(final MutableDirectBuffer buffer, final String payment, final UUID hold) {
        final RecordPaymentEncoder pay = new RecordPaymentEncoder();
        pay.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .amountMinor(1)
                .putCurrency((byte) 'E', (byte) 'U', (byte) 'R');
        pay.hold()
                .mostSignificantBits(hold.getMostSignificantBits())
                .leastSignificantBits(hold.getLeastSignificantBits());
        pay.payment(payment);
        return pay.limit();
    }

    static int queryDrop(final MutableDirectBuffer buffer, final String drop) {
        final QueryDropEncoder query = new QueryDropEncoder();
        query.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).drop(drop);
        return query.limit();
    }

    static int queryHold(final MutableDirectBuffer buffer, final UUID hold) {
        final QueryHoldEncoder query = new QueryHoldEncoder();
        query.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        query.hold()
                .mostSignificantBits(hold.getMostSignificantBits())
                .leastSignificantBits(hold.getLeastSignificantBits());
        query.drop("").buyer("");
        return query.limit();
    }

    /** A command of a kind that the core does not know: it throws. */
    static int poison(final Exchange exchange) {
        new MessageHeaderEncoder()
                .wrap(exchange.message(), 0)
                .blockLength(0)
                .templateId(29)
                .schemaId(1)
                .version(0);
        return MessageHeaderEncoder.ENCODED_LENGTH;
    }
}
