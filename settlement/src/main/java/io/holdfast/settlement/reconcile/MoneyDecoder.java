package io.holdfast.settlement.reconcile;

import io.holdfast.core.JournalRecord;
import io.holdfast.core.message.BooleanType;
import io.holdfast.core.message.HoldImageDecoder;
import io.holdfast.core.message.HoldPaidDecoder;
import io.holdfast.core.message.HoldStatus;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.PaymentImageDecoder;
import io.holdfast.core.message.PaymentOutcome;
import io.holdfast.core.message.PaymentUnfulfilledDecoder;
import io.holdfast.core.message.RefundSettledDecoder;
import io.holdfast.core.message.RefundStatus;
import io.holdfast.core.message.RejectReason;
import io.holdfast.core.message.SnapshotHoldDecoder;
import io.holdfast.core.message.SnapshotPaymentDecoder;
import io.holdfast.settlement.reconcile.JournalPayment.JournalItem;
import io.holdfast.settlement.reconcile.JournalPayment.JournalOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads what is said of money out of records and snapshot entries. One thread. */
final class MoneyDecoder {
    private static final long NO_PRICE = HoldImageDecoder.ItemsDecoder.priceMinorNullValue();

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HoldPaidDecoder paid = new HoldPaidDecoder();
    private final PaymentUnfulfilledDecoder unfulfilled = new PaymentUnfulfilledDecoder();
    private final RefundSettledDecoder settled = new RefundSettledDecoder();
    private final SnapshotHoldDecoder snapshotHold = new SnapshotHoldDecoder();
    private final SnapshotPaymentDecoder snapshotPayment = new SnapshotPaymentDecoder();
    private final HoldImageDecoder holdImage = new HoldImageDecoder();
    private final PaymentImageDecoder paymentImage = new PaymentImageDecoder();
    private final UnsafeBuffer image = new UnsafeBuffer();

    /** Hands over the payments and refunds of a record. */
    void decode(final long sequence, final long timeMs, final JournalRecord record, final PaymentHandler handler) {
        while (record.nextEvent()) {
            final int offset = record.eventOffset();
            switch (header.wrap(record.buffer(), offset).templateId()) {
                case HoldPaidDecoder.TEMPLATE_ID -> handler.onPayment(paid(sequence, timeMs, record.buffer(), offset));
                case PaymentUnfulfilledDecoder.TEMPLATE_ID ->
                    handler.onPayment(unfulfilled(sequence, timeMs, record.buffer(), offset));
                case RefundSettledDecoder.TEMPLATE_ID ->
                    handler.onRefundSettled(
                            sequence,
                            settled.wrapAndApplyHeader(record.buffer(), offset, header)
                                    .payment());
                default -> {
                    // The rest moves no money.
                }
            }
        }
    }

    /** Whether a record says anything of money. */
    boolean isMoney(final JournalRecord record) {
        while (record.nextEvent()) {
            final int template =
                    header.wrap(record.buffer(), record.eventOffset()).templateId();
            if (template == HoldPaidDecoder.TEMPLATE_ID
                    || template == PaymentUnfulfilledDecoder.TEMPLATE_ID
                    || template == RefundSettledDecoder.TEMPLATE_ID) {
                return true;
            }
        }
        return false;
    }

    private JournalPayment paid(final long sequence, final long timeMs, final DirectBuffer buffer, final int offset) {
        paid.wrapAndApplyHeader(buffer, offset, header);
        final long amountMinor = paid.amountMinor();
        final String currency = paid.currency();
        final boolean isReacquired = paid.reacquired() == BooleanType.TRUE;
        paid.wrapImage(image);
        final String payment = paid.payment();
        final JournalOrder order = order().reacquired(isReacquired);
        return new JournalPayment(sequence, timeMs, payment, holdOfImage(), amountMinor, currency, "", false, order);
    }

    private JournalPayment unfulfilled(
            final long sequence, final long timeMs, final DirectBuffer buffer, final int offset) {
        unfulfilled.wrapAndApplyHeader(buffer, offset, header);
        final UUID hold = new UUID(
                unfulfilled.hold().mostSignificantBits(), unfulfilled.hold().leastSignificantBits());
        return new JournalPayment(
                sequence,
                timeMs,
                unfulfilled.payment(),
                hold,
                unfulfilled.amountMinor(),
                unfulfilled.currency(),
                code(unfulfilled.reason()),
                false,
                null);
    }

    /** The permanent word for a reason. */
    private static String code(final RejectReason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What the hold in {@link #image} is of; decodes it. */
    private JournalOrder order() {
        holdImage.wrapAndApplyHeader(image, 0, header);
        final List<JournalItem> items = new ArrayList<>();
        for (final HoldImageDecoder.ItemsDecoder item : holdImage.items()) {
            final long price = item.priceMinor();
            final int quantity = item.quantity();
            items.add(new JournalItem(item.sku(), quantity, price == NO_PRICE ? null : price));
        }
        items.sort(Comparator.comparing(JournalItem::sku));
        return new JournalOrder(holdImage.drop(), holdImage.buyer(), false, items);
    }

    private UUID holdOfImage() {
        return new UUID(holdImage.hold().mostSignificantBits(), holdImage.hold().leastSignificantBits());
    }

    /** Takes what a snapshot remembers. */
    interface SnapshotHandler {
        /** A hold that was paid, before or after history begins. */
        void onPaidHold(UUID hold, JournalOrder order);

        /** A payment without its order. */
        void onPayment(JournalPayment payment);
    }

    /** Hands over what an entry of a snapshot says of money; most say nothing. */
    void decodeEntry(final DirectBuffer buffer, final int offset, final SnapshotHandler handler) {
        switch (header.wrap(buffer, offset).templateId()) {
            case SnapshotHoldDecoder.TEMPLATE_ID -> {
                snapshotHold.wrapAndApplyHeader(buffer, offset, header).wrapImage(image);
                if (holdImage.wrapAndApplyHeader(image, 0, header).status() == HoldStatus.PAID) {
                    final JournalOrder order = order();
                    handler.onPaidHold(holdOfImage(), order);
                }
            }
            case SnapshotPaymentDecoder.TEMPLATE_ID -> {
                snapshotPayment.wrapAndApplyHeader(buffer, offset, header).wrapImage(image);
                handler.onPayment(rememberedPayment());
            }
            default -> {
                // The rest is no money.
            }
        }
    }

    /** The payment in {@link #image}: of an order it is known whether it was reacquired, and no more. */
    private JournalPayment rememberedPayment() {
        paymentImage.wrapAndApplyHeader(image, 0, header);
        final UUID hold = new UUID(
                paymentImage.hold().mostSignificantBits(), paymentImage.hold().leastSignificantBits());
        final boolean isOrder = paymentImage.outcome() == PaymentOutcome.PAID;
        final boolean isReacquired = paymentImage.reacquired() == BooleanType.TRUE;
        return new JournalPayment(
                paymentImage.sequence(),
                paymentImage.recordedAtMs(),
                paymentImage.payment(),
                hold,
                paymentImage.amountMinor(),
                paymentImage.currency(),
                isOrder ? "" : code(paymentImage.reason()),
                paymentImage.refund() == RefundStatus.SETTLED,
                isOrder ? new JournalOrder("", "", isReacquired, List.of()) : null);
    }
}
