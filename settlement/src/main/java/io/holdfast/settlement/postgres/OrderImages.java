package io.holdfast.settlement.postgres;

import io.holdfast.core.message.HoldImageDecoder;
import io.holdfast.core.message.HoldStatus;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.RejectReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.agrona.DirectBuffer;

/** Makes orders out of images of holds. */
final class OrderImages {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HoldImageDecoder image = new HoldImageDecoder();

    UUID holdId(final DirectBuffer buffer, final int offset) {
        image.wrapAndApplyHeader(buffer, offset, header);
        return new UUID(image.hold().mostSignificantBits(), image.hold().leastSignificantBits());
    }

    boolean isPaid(final DirectBuffer buffer, final int offset) {
        return image.wrapAndApplyHeader(buffer, offset, header).status() == HoldStatus.PAID;
    }

    /** Sequence of the command that placed the hold. */
    long sequence(final DirectBuffer buffer, final int offset) {
        return image.wrapAndApplyHeader(buffer, offset, header).sequence();
    }

    OrderRow order(
            final DirectBuffer buffer,
            final int offset,
            final PaymentRow payment,
            final long paidAtMs,
            final boolean isReacquired) {
        image.wrapAndApplyHeader(buffer, offset, header);
        final List<OrderRow.Item> items = new ArrayList<>();
        for (final HoldImageDecoder.ItemsDecoder item : image.items()) {
            final int quantity = item.quantity();
            final long priceMinor = item.priceMinor();
            final boolean isPriced = priceMinor != HoldImageDecoder.ItemsDecoder.priceMinorNullValue();
            items.add(new OrderRow.Item(item.sku(), quantity, isPriced ? priceMinor : null));
        }
        return new OrderRow(payment, image.drop(), image.buyer(), paidAtMs, isReacquired, items);
    }

    static String code(final RejectReason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
