package io.holdfast.gateway.audit;

import io.holdfast.core.StateMachine;
import io.holdfast.core.message.BooleanType;
import io.holdfast.core.message.DropArchivedDecoder;
import io.holdfast.core.message.DropCreatedDecoder;
import io.holdfast.core.message.DropSoldOutDecoder;
import io.holdfast.core.message.HoldExpiredDecoder;
import io.holdfast.core.message.HoldImageDecoder;
import io.holdfast.core.message.HoldPaidDecoder;
import io.holdfast.core.message.HoldPlacedDecoder;
import io.holdfast.core.message.HoldReleasedDecoder;
import io.holdfast.core.message.HoldStatus;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.PaymentImageDecoder;
import io.holdfast.core.message.PaymentUnfulfilledDecoder;
import io.holdfast.core.message.SnapshotDropDecoder;
import io.holdfast.core.message.SnapshotHoldDecoder;
import io.holdfast.core.message.SnapshotPaymentDecoder;
import io.holdfast.core.message.StockAdjustedDecoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An auditor's own books, kept from the events alone: per SKU what is held and sold, per hold how it stands, per payment
 * that it was used. A fault that the core has in common with itself, deciding twice, does not pass here.
 *
 * <p>Rules: nothing is held or sold below zero or, together, above capacity; only a held hold is released or expires; a
 * hold is paid once, and nothing follows that; a payment has one outcome for as long as payments are remembered; a drop
 * is called sold out once, and when all of it is sold.
 */
final class Books {
    private static final long PAYMENT_MEMORY_MS = Duration.ofDays(35).toMillis();

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HoldImageDecoder hold = new HoldImageDecoder();
    private final UnsafeBuffer image = new UnsafeBuffer();
    private final Map<Integer, DropBook> drops = new HashMap<>();
    private final Map<UUID, HoldStatus> holds = new HashMap<>();
    private final Map<String, Long> payments = new HashMap<>();

    private long timeMs;

    /** Enters an event, its header at the offset. */
    void enter(final long atMs, final DirectBuffer buffer, final int offset) {
        timeMs = atMs;
        switch (header.wrap(buffer, offset).templateId()) {
            case DropCreatedDecoder.TEMPLATE_ID ->
                created(new DropCreatedDecoder().wrapAndApplyHeader(buffer, offset, header));
            case DropArchivedDecoder.TEMPLATE_ID ->
                drops.remove(new DropArchivedDecoder()
                        .wrapAndApplyHeader(buffer, offset, header)
                        .dropNumber());
            case StockAdjustedDecoder.TEMPLATE_ID ->
                adjusted(new StockAdjustedDecoder().wrapAndApplyHeader(buffer, offset, header));
            case DropSoldOutDecoder.TEMPLATE_ID ->
                soldOut(new DropSoldOutDecoder().wrapAndApplyHeader(buffer, offset, header));
            case HoldPlacedDecoder.TEMPLATE_ID -> {
                new HoldPlacedDecoder()
                        .wrapAndApplyHeader(buffer, offset, header)
                        .wrapImage(image);
                placed();
            }
            case HoldReleasedDecoder.TEMPLATE_ID -> {
                new HoldReleasedDecoder()
                        .wrapAndApplyHeader(buffer, offset, header)
                        .wrapImage(image);
                ended(HoldStatus.RELEASED);
            }
            case HoldExpiredDecoder.TEMPLATE_ID -> {
                new HoldExpiredDecoder()
                        .wrapAndApplyHeader(buffer, offset, header)
                        .wrapImage(image);
                ended(HoldStatus.EXPIRED);
            }
            case HoldPaidDecoder.TEMPLATE_ID -> paid(new HoldPaidDecoder().wrapAndApplyHeader(buffer, offset, header));
            case PaymentUnfulfilledDecoder.TEMPLATE_ID ->
                used(new PaymentUnfulfilledDecoder()
                        .wrapAndApplyHeader(buffer, offset, header)
                        .payment());
            default -> {
                // The rest moves no stock and no money.
            }
        }
    }

    /** Enters a snapshot's entry: what a SKU has held and sold is counted from the holds, not taken over. */
    void load(final DirectBuffer buffer, final int offset) {
        switch (header.wrap(buffer, offset).templateId()) {
            case SnapshotDropDecoder.TEMPLATE_ID ->
                loadDrop(new SnapshotDropDecoder().wrapAndApplyHeader(buffer, offset, header));
            case SnapshotHoldDecoder.TEMPLATE_ID ->
                loadHold(new SnapshotHoldDecoder().wrapAndApplyHeader(buffer, offset, header));
            case SnapshotPaymentDecoder.TEMPLATE_ID -> {
                new SnapshotPaymentDecoder()
                        .wrapAndApplyHeader(buffer, offset, header)
                        .wrapImage(image);
                final PaymentImageDecoder payment = new PaymentImageDecoder().wrapAndApplyHeader(image, 0, header);
                payments.put(payment.payment(), payment.recordedAtMs());
            }
            default -> {
                // The rest is neither stock nor money.
            }
        }
    }

    private void loadDrop(final SnapshotDropDecoder entry) {
        final boolean wasSoldOut = entry.wasSoldOut() == BooleanType.TRUE;
        for (final var sku : entry.definedSkus()) {
            sku.capacity(); // as defined once; the image says what it was adjusted to
        }
        entry.wrapImage(image);
        drops.put(DropBook.numberOf(image, 0), DropBook.of(image, wasSoldOut));
    }

    private void loadHold(final SnapshotHoldDecoder entry) {
        entry.wrapImage(image);
        final UUID id = wrapHold();
        holds.put(id, hold.status());
        move(hold.status() == HoldStatus.HELD ? 1 : 0, hold.status() == HoldStatus.PAID ? 1 : 0);
    }

    private void created(final DropCreatedDecoder event) {
        final DropBook book = new DropBook();
        for (final var sku : event.skus()) {
            book.addSku(sku.capacity());
            sku.skipSku();
        }
        if (drops.put(event.dropNumber(), book) != null) {
            throw new FaultFoundException("drop number " + event.dropNumber() + " was given twice");
        }
    }

    private void adjusted(final StockAdjustedDecoder event) {
        drop(event.dropNumber()).adjust(event.skuIndex(), event.capacity());
    }

    private void soldOut(final DropSoldOutDecoder event) {
        event.wrapImage(image);
        final DropBook book = drop(event.dropNumber());
        book.compare(image, 0);
        book.sellOut();
    }

    private void placed() {
        final UUID id = wrapHold();
        if (holds.put(id, HoldStatus.HELD) != null) {
            throw new FaultFoundException("hold " + id + " was placed twice");
        }
        move(1, 0);
    }

    private void ended(final HoldStatus status) {
        final UUID id = wrapHold();
        final HoldStatus before = holds.put(id, status);
        if (before != HoldStatus.HELD) {
            throw new FaultFoundException("hold " + id + " became " + status + " and was " + before);
        }
        move(-1, 0);
    }

    private void paid(final HoldPaidDecoder event) {
        event.wrapImage(image);
        used(event.payment());
        final UUID id = wrapHold();
        final HoldStatus before = holds.put(id, HoldStatus.PAID);
        final boolean isReacquired = event.reacquired() == BooleanType.TRUE;
        if (before == null || before == HoldStatus.PAID || isReacquired == (before == HoldStatus.HELD)) {
            throw new FaultFoundException(
                    "hold " + id + " was " + before + " and was paid" + (isReacquired ? ", reacquired" : ""));
        }
        move(isReacquired ? 0 : -1, 1);
    }

    private void used(final String payment) {
        final Long before = payments.put(payment, timeMs);
        if (before != null && timeMs - before < PAYMENT_MEMORY_MS) {
            throw new FaultFoundException("payment " + payment + " has two outcomes");
        }
    }

    private UUID wrapHold() {
        hold.wrapAndApplyHeader(image, 0, header);
        return new UUID(hold.hold().mostSignificantBits(), hold.hold().leastSignificantBits());
    }

    /** Moves the units of the wrapped hold: each counts so many times as held, so many times as sold. */
    private void move(final int held, final int sold) {
        final DropBook book = drop(hold.dropNumber());
        for (final var item : hold.items()) {
            book.move(item.skuIndex(), held * item.quantity(), sold * item.quantity());
            item.skipSku();
        }
    }

    private DropBook drop(final int number) {
        final DropBook book = drops.get(number);
        if (book == null) {
            throw new FaultFoundException("drop number " + number + " is not known");
        }
        return book;
    }

    /** Checks that the state says of every SKU what the books say. */
    void compare(final StateMachine machine) {
        final Set<Integer> seen = new HashSet<>();
        new StatePages(machine).drops((buffer, offset) -> {
            final int number = DropBook.numberOf(buffer, offset);
            seen.add(number);
            drop(number).compare(buffer, offset);
        });
        if (!seen.equals(drops.keySet())) {
            throw new FaultFoundException("the books have the drops " + drops.keySet() + ", the state has " + seen);
        }
    }
}
