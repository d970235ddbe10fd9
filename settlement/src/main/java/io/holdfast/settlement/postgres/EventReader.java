package io.holdfast.settlement.postgres;

import io.holdfast.core.JournalRecord;
import io.holdfast.core.message.BooleanType;
import io.holdfast.core.message.DropImageDecoder;
import io.holdfast.core.message.DropSoldOutDecoder;
import io.holdfast.core.message.HoldExpiredDecoder;
import io.holdfast.core.message.HoldPaidDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.MessageHeaderEncoder;
import io.holdfast.core.message.PaymentImageEncoder;
import io.holdfast.core.message.PaymentOutcome;
import io.holdfast.core.message.PaymentUnfulfilledDecoder;
import io.holdfast.core.message.RefundSettledDecoder;
import io.holdfast.core.message.RefundStatus;
import io.holdfast.settlement.log.LogHandler;
import java.util.Optional;
import java.util.UUID;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Reads committed records into a batch: the few events that leave a trace in the database. */
final class EventReader implements LogHandler {
    /** In front of a nested message stands its length. */
    private static final int NESTED = Integer.BYTES;

    private final Optional<Messages> messages;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HoldPaidDecoder paid = new HoldPaidDecoder();
    private final PaymentUnfulfilledDecoder unfulfilled = new PaymentUnfulfilledDecoder();
    private final RefundSettledDecoder settled = new RefundSettledDecoder();
    private final HoldExpiredDecoder expired = new HoldExpiredDecoder();
    private final DropSoldOutDecoder soldOut = new DropSoldOutDecoder();
    private final DropImageDecoder dropImage = new DropImageDecoder();
    private final OrderImages orders = new OrderImages();
    private final RecordChecksum checksums = new RecordChecksum();
    private final MessageHeaderEncoder imageHeader = new MessageHeaderEncoder();
    private final PaymentImageEncoder image = new PaymentImageEncoder();
    private final ExpandableArrayBuffer imageBuffer = new ExpandableArrayBuffer(512);

    private Batch batch;
    private long toldSequence;

    /** The record under way. */
    private Place before;

    private long sequence;
    private long timeMs;

    /** A reader that writes messages for the outbox too, where there are words for them. */
    EventReader(final Optional<Messages> messages) {
        this.messages = messages;
    }

    /**
     * Reads into a batch from now on.
     *
     * @param settledSequence up to here the outside was told already what is no payment
     */
    void into(final Batch target, final long settledSequence) {
        batch = target;
        toldSequence = settledSequence;
    }

    @Override
    public void onRecord(
            final long position, final long recordSequence, final long recordTimeMs, final JournalRecord record) {
        sequence = recordSequence;
        timeMs = recordTimeMs;
        final Optional<Mark> mark = Optional.of(new Mark(position, timeMs, checksums.of(sequence, record)));
        before = new Place(sequence - 1, position, timeMs, mark);
        while (record.nextEvent()) {
            onEvent(record.buffer(), record.eventOffset());
        }
        // Where reading goes on is known to the log's reader only: whoever polls completes it.
        batch.endAt(new Place(sequence, batch.end().position(), timeMs, mark));
    }

    private void onEvent(final DirectBuffer buffer, final int offset) {
        switch (header.wrap(buffer, offset).templateId()) {
            case HoldPaidDecoder.TEMPLATE_ID -> onPaid(buffer, offset);
            case PaymentUnfulfilledDecoder.TEMPLATE_ID -> onUnfulfilled(buffer, offset);
            case RefundSettledDecoder.TEMPLATE_ID -> onRefundSettled(buffer, offset);
            case HoldExpiredDecoder.TEMPLATE_ID -> onExpired(buffer, offset);
            case DropSoldOutDecoder.TEMPLATE_ID -> onSoldOut(buffer, offset);
            default -> {
                // leaves no trace in the database
            }
        }
    }

    private void onPaid(final DirectBuffer buffer, final int offset) {
        paid.wrapAndApplyHeader(buffer, offset, header);
        final int imageAt = paid.limit() + NESTED;
        paid.skipImage();
        final String paymentId = paid.payment();
        final UUID holdId = orders.holdId(buffer, imageAt);
        final PaymentRow payment =
                new PaymentRow(paymentId, holdId, true, paid.amountMinor(), paid.currency(), sequence);
        final boolean isReacquired = paid.reacquired() == BooleanType.TRUE;
        batch.add(new Change.Paid(
                before,
                orders.order(buffer, imageAt, payment, timeMs, isReacquired),
                messages.map(to -> to.orderPaid(paymentId, holdId, buffer, imageAt, timeMs))));
    }

    private void onUnfulfilled(final DirectBuffer buffer, final int offset) {
        unfulfilled.wrapAndApplyHeader(buffer, offset, header);
        final String paymentId = unfulfilled.payment();
        final UUID holdId = new UUID(
                unfulfilled.hold().mostSignificantBits(), unfulfilled.hold().leastSignificantBits());
        final PaymentRow payment =
                new PaymentRow(paymentId, holdId, false, unfulfilled.amountMinor(), unfulfilled.currency(), sequence);
        batch.add(new Change.Unfulfilled(
                before,
                new RefundRow(payment, OrderImages.code(unfulfilled.reason()), timeMs, false),
                messages.map(to -> {
                    encodeImage(payment);
                    return to.refundDue(paymentId, holdId, imageBuffer, 0, timeMs);
                })));
    }

    /** The payment as the state keeps it: words for the outside are made from images. */
    private void encodeImage(final PaymentRow payment) {
        image.wrapAndApplyHeader(imageBuffer, 0, imageHeader)
                .sequence(sequence)
                .recordedAtMs(timeMs)
                .amountMinor(payment.amountMinor())
                .currency(payment.currency())
                .outcome(PaymentOutcome.REFUND_DUE)
                .reacquired(BooleanType.FALSE)
                .refund(RefundStatus.DUE)
                .reason(unfulfilled.reason());
        image.hold()
                .mostSignificantBits(payment.holdId().getMostSignificantBits())
                .leastSignificantBits(payment.holdId().getLeastSignificantBits());
        image.payment(payment.paymentId());
    }

    private void onRefundSettled(final DirectBuffer buffer, final int offset) {
        settled.wrapAndApplyHeader(buffer, offset, header);
        batch.add(new Change.RefundSettled(before, sequence, settled.payment()));
    }

    private void onExpired(final DirectBuffer buffer, final int offset) {
        if (messages.isPresent() && sequence > toldSequence) {
            expired.wrapAndApplyHeader(buffer, offset, header);
            final int imageAt = expired.limit() + NESTED;
            final UUID holdId = orders.holdId(buffer, imageAt);
            batch.add(new Change.Told(before, sequence, messages.get().holdExpired(holdId, buffer, imageAt, timeMs)));
        }
    }

    private void onSoldOut(final DirectBuffer buffer, final int offset) {
        if (messages.isPresent() && sequence > toldSequence) {
            soldOut.wrapAndApplyHeader(buffer, offset, header);
            final int imageAt = soldOut.limit() + NESTED;
            batch.add(new Change.Told(
                    before, sequence, messages.get().dropSoldOut(dropName(buffer, imageAt), buffer, imageAt, timeMs)));
        }
    }

    private String dropName(final DirectBuffer buffer, final int imageAt) {
        dropImage.wrapAndApplyHeader(buffer, imageAt, header);
        for (final DropImageDecoder.SkusDecoder sku : dropImage.skus()) {
            sku.skipSku();
        }
        return dropImage.drop();
    }
}
