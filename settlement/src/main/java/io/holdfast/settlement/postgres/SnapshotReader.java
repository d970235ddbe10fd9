package io.holdfast.settlement.postgres;

import io.holdfast.core.message.BooleanType;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.PaymentImageDecoder;
import io.holdfast.core.message.PaymentOutcome;
import io.holdfast.core.message.RefundStatus;
import io.holdfast.core.message.SnapshotHoldDecoder;
import io.holdfast.core.message.SnapshotPaymentDecoder;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads the entries of a snapshot that leave a trace in the database: paid holds, and payments behind them. */
final class SnapshotReader {
    private static final int NESTED = Integer.BYTES;

    private final Optional<Messages> messages;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SnapshotHoldDecoder hold = new SnapshotHoldDecoder();
    private final SnapshotPaymentDecoder payment = new SnapshotPaymentDecoder();
    private final PaymentImageDecoder image = new PaymentImageDecoder();
    private final OrderImages orders = new OrderImages();

    SnapshotReader(final Optional<Messages> messages) {
        this.messages = messages;
    }

    /** The change that a paid hold makes; empty for every other entry. */
    Optional<Change> paidHold(final DirectBuffer buffer, final int offset, final Place before) {
        if (header.wrap(buffer, offset).templateId() != SnapshotHoldDecoder.TEMPLATE_ID) {
            return Optional.empty();
        }
        hold.wrapAndApplyHeader(buffer, offset, header);
        final int imageAt = hold.limit() + NESTED;
        if (!orders.isPaid(buffer, imageAt)) {
            return Optional.empty();
        }
        final byte[] bytes = new byte[hold.imageLength()];
        buffer.getBytes(imageAt, bytes);
        return Optional.of(
                new Change.HoldPutBy(before, orders.sequence(buffer, imageAt), orders.holdId(buffer, imageAt), bytes));
    }

    /** A copy of the image that a payment's entry holds; empty for every other entry. */
    Optional<DirectBuffer> payment(final DirectBuffer buffer, final int offset) {
        if (header.wrap(buffer, offset).templateId() != SnapshotPaymentDecoder.TEMPLATE_ID) {
            return Optional.empty();
        }
        payment.wrapAndApplyHeader(buffer, offset, header);
        final byte[] bytes = new byte[payment.imageLength()];
        buffer.getBytes(payment.limit() + NESTED, bytes);
        return Optional.of(new UnsafeBuffer(bytes));
    }

    /** Of a payment's image. */
    UUID holdId(final DirectBuffer buffer) {
        image.wrapAndApplyHeader(buffer, 0, header);
        return new UUID(image.hold().mostSignificantBits(), image.hold().leastSignificantBits());
    }

    /**
     * The change that a payment makes.
     *
     * @param buffer the payment's image
     * @param holds images of paid holds, this one's among them if it is known
     */
    Change change(final DirectBuffer buffer, final Map<UUID, DirectBuffer> holds, final Place before) {
        final UUID holdId = holdId(buffer);
        final boolean isPaid = image.outcome() == PaymentOutcome.PAID;
        final long timeMs = image.recordedAtMs();
        final boolean isReacquired = image.reacquired() == BooleanType.TRUE;
        final boolean isPaidBack = image.refund() == RefundStatus.SETTLED;
        final String reason = OrderImages.code(image.reason());
        final PaymentRow row = new PaymentRow(
                image.payment(), holdId, isPaid, image.amountMinor(), image.currency(), image.sequence());
        if (!isPaid) {
            final Optional<MessageRow> message = isPaidBack
                    ? Optional.empty()
                    : messages.map(to -> to.refundDue(row.paymentId(), holdId, buffer, 0, timeMs));
            return new Change.Unfulfilled(before, new RefundRow(row, reason, timeMs, isPaidBack), message);
        }
        final DirectBuffer holdImage = holds.get(holdId);
        if (holdImage == null) {
            return new Change.PaidOfArchivedDrop(before, row);
        }
        return new Change.Paid(
                before,
                orders.order(holdImage, 0, row, timeMs, isReacquired),
                messages.map(to -> to.orderPaid(row.paymentId(), holdId, holdImage, 0, timeMs)));
    }
}
