package io.holdfast.core;

import io.holdfast.core.message.DropImageEncoder;
import io.holdfast.core.message.MessageHeaderEncoder;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** Encodes drops as they are now. */
final class DropImages {
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final DropImageEncoder image = new DropImageEncoder();

    /** Encodes the drop's image, header first, and returns its length. */
    int encode(final Drop drop, final MutableDirectBuffer target, final int offset) {
        image.wrapAndApplyHeader(target, offset, header)
                .sequence(drop.changedSequence)
                .opensAtMs(drop.definition.opensAtMs)
                .closesAtMs(drop.definition.closesAtMs)
                .dropNumber(drop.number)
                .holdSeconds(drop.definition.holdSeconds)
                .paymentGraceSeconds(drop.definition.paymentGraceSeconds)
                .maxHoldSeconds(drop.definition.maxHoldSeconds)
                .maxPerBuyer(drop.definition.maxPerBuyer)
                .status(drop.status)
                .putCurrency(drop.currency, 0);
        final DropImageEncoder.SkusEncoder skus = image.skusCount(drop.skus.length);
        for (int i = 0; i < drop.skus.length; i++) {
            skus.next()
                    .capacity(drop.capacity[i])
                    .available(drop.available[i])
                    .held(drop.held[i])
                    .sold(drop.sold[i])
                    .priceMinor(drop.priceMinor[i])
                    .putSku(drop.skus[i], 0, drop.skus[i].capacity());
        }
        image.putDrop(drop.id, 0, drop.id.capacity()).putName(drop.title, 0, drop.title.capacity());
        return MessageHeaderEncoder.ENCODED_LENGTH + image.encodedLength();
    }

    byte[] toBytes(final Drop drop) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final byte[] bytes = new byte[encode(drop, buffer, 0)];
        buffer.getBytes(0, bytes);
        return bytes;
    }
}
