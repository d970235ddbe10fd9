package io.holdfast.core;

import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.PaymentImageDecoder;
import io.holdfast.core.message.RefundStatus;
import io.holdfast.core.store.Arena;
import io.holdfast.core.store.Bytes;
import io.holdfast.core.store.RefIndex;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Payments by their id, in a list with the next to be forgotten first.
 *
 * <p>A payment is forgotten 35 days after it was recorded, but never while its refund is due: until that is settled it
 * stands in an order of its own, so that it keeps no other payment from being forgotten, and the 35 days begin then.
 *
 * <pre>
 *    0 next                 int        while it is to be forgotten
 *    4 (unused)             int
 *    8 forgetAtMs           long       NEVER while its refund is due
 *   16 idOffset, idLength   int, int   within the image
 *   24 imageLength          int
 *   28 (unused)             int
 *   32 image                PaymentImage, header first
 * </pre>
 */
final class PaymentTable extends RefIndex {
    static final long NEVER = Long.MAX_VALUE;

    private static final int NEXT = 0;
    private static final int FORGET_AT = 8;
    private static final int ID_OFFSET = 16;
    private static final int ID_LENGTH = 20;
    private static final int IMAGE_LENGTH = 24;
    private static final int IMAGE = 32;
    private static final int REFUND =
            IMAGE + MessageHeaderDecoder.ENCODED_LENGTH + PaymentImageDecoder.refundEncodingOffset();

    private final Arena arena;
    private final long seed;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PaymentImageDecoder image = new PaymentImageDecoder();

    /** Those whose refund is due, in the order in which they were recorded; none of them is in the list. */
    private final SequenceOrder refundsDue = new SequenceOrder();

    /** The list of those to be forgotten: from first to last {@code forgetAtMs} never decreases, and none is NEVER. */
    private int head = Arena.NONE;

    private int tail = Arena.NONE;

    private DirectBuffer wanted;
    private int wantedOffset;
    private int wantedLength;

    PaymentTable(final Arena arena, final long seed) {
        super(arena);
        this.arena = arena;
        this.seed = seed;
    }

    int find(final DirectBuffer buffer, final int offset, final int length) {
        wanted = buffer;
        wantedOffset = offset;
        wantedLength = length;
        return find(Bytes.hash(seed, buffer, offset, length));
    }

    @Override
    protected boolean matches(final int payment) {
        return arena.getInt(payment, ID_LENGTH) == wantedLength
                && Bytes.equal(arena.page(payment), idOffset(payment), wanted, wantedOffset, wantedLength);
    }

    /** Copies the image into a new record and indexes it; the caller lists it. */
    int add(final DirectBuffer source, final int imageOffset, final int imageLength) {
        final int payment = arena.allocate(IMAGE + imageLength);
        final UnsafeBuffer page = arena.page(payment);
        final int offset = arena.offset(payment);
        arena.clear(payment, IMAGE);
        arena.putLong(payment, FORGET_AT, NEVER);
        arena.putInt(payment, IMAGE_LENGTH, imageLength);
        arena.putBytes(payment, IMAGE, source, imageOffset, imageLength);
        image.wrapAndApplyHeader(page, offset + IMAGE, header);
        final int idLength = image.paymentLength();
        arena.putInt(payment, ID_OFFSET, image.limit() + PaymentImageDecoder.paymentHeaderLength() - offset);
        arena.putInt(payment, ID_LENGTH, idLength);
        insert(Bytes.hash(seed, page, idOffset(payment), idLength), payment);
        return payment;
    }

    /** Puts a payment that is in neither at the end of those to be forgotten. */
    void append(final int payment, final long forgetAtMs) {
        arena.putLong(payment, FORGET_AT, forgetAtMs);
        arena.putInt(payment, NEXT, Arena.NONE);
        if (tail == Arena.NONE) {
            head = payment;
        } else {
            arena.putInt(tail, NEXT, payment);
        }
        tail = payment;
    }

    /** Puts a payment that is in neither, and was recorded last, at the end of those whose refund is due. */
    void appendRefundDue(final int payment) {
        refundsDue.append(image(payment).sequence(), payment);
    }

    /** Notes that a refund that was due is settled; from now on the payment is one of those to be forgotten. */
    void settleRefund(final int payment, final long forgetAtMs) {
        refundsDue.remove(image(payment).sequence());
        arena.page(payment).putByte(arena.offset(payment) + REFUND, (byte) RefundStatus.SETTLED.value());
        append(payment, forgetAtMs);
    }

    /** Forgets the first of those to be forgotten. */
    void forgetHead() {
        final int payment = head;
        head = next(payment);
        if (head == Arena.NONE) {
            tail = Arena.NONE;
        }
        delete(Bytes.hash(seed, arena.page(payment), idOffset(payment), arena.getInt(payment, ID_LENGTH)), payment);
        arena.free(payment);
    }

    /** The first to be forgotten, or {@link Arena#NONE}. */
    int head() {
        return head;
    }

    /** Whether there is one whose time is over. */
    boolean isFirstForgettable(final long timeMs) {
        return head != Arena.NONE && forgetAtMs(head) <= timeMs;
    }

    /** The first one recorded after the sequence whose refund is due, or {@link Arena#NONE}. */
    int refundDueAfter(final long sequence) {
        return refundsDue.firstAfter(sequence);
    }

    /** The next to be forgotten after the payment, or {@link Arena#NONE}. */
    int next(final int payment) {
        return arena.getInt(payment, NEXT);
    }

    long forgetAtMs(final int payment) {
        return arena.getLong(payment, FORGET_AT);
    }

    /** The image, for reading; valid until the next call and while the payment is remembered. */
    PaymentImageDecoder image(final int payment) {
        return image.wrapAndApplyHeader(arena.page(payment), arena.offset(payment) + IMAGE, header);
    }

    boolean isRefundDue(final int payment) {
        return arena.page(payment).getByte(arena.offset(payment) + REFUND) == RefundStatus.DUE.value();
    }

    DirectBuffer page(final int payment) {
        return arena.page(payment);
    }

    int imageOffset(final int payment) {
        return arena.offset(payment) + IMAGE;
    }

    int imageLength(final int payment) {
        return arena.getInt(payment, IMAGE_LENGTH);
    }

    /** Copies the image, header first, and returns its length. */
    int copyImage(final int payment, final MutableDirectBuffer target, final int targetOffset) {
        final int length = imageLength(payment);
        target.putBytes(targetOffset, page(payment), imageOffset(payment), length);
        return length;
    }

    private int idOffset(final int payment) {
        return arena.offset(payment) + arena.getInt(payment, ID_OFFSET);
    }
}
