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
 * stands in a list of its own, so that it keeps no other payment from being forgotten, and the 35 days begin then.
 *
 * <pre>
 *    0 next, prev           int, int
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
    private static final int PREV = 4;
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

    /** From first to last {@code forgetAtMs} never decreases, and none is NEVER. */
    private final Chain toForget = new Chain();

    /** Those whose refund is due, in the order in which they were recorded. */
    private final Chain refundsDue = new Chain();

    private DirectBuffer wanted;
    private int wantedOffset;
    private int wantedLength;

    PaymentTable(final Arena arena, final long seed) {
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
        return intAt(payment, ID_LENGTH) == wantedLength
                && Bytes.equal(arena.page(payment), idOffset(payment), wanted, wantedOffset, wantedLength);
    }

    /** Copies the image into a new record and indexes it; the caller lists it. */
    int add(final DirectBuffer source, final int imageOffset, final int imageLength) {
        final int payment = arena.allocate(IMAGE + imageLength);
        final UnsafeBuffer page = arena.page(payment);
        final int offset = arena.offset(payment);
        page.setMemory(offset, IMAGE, (byte) 0);
        page.putLong(offset + FORGET_AT, NEVER);
        page.putInt(offset + IMAGE_LENGTH, imageLength);
        page.putBytes(offset + IMAGE, source, imageOffset, imageLength);
        image.wrapAndApplyHeader(page, offset + IMAGE, header);
        final int idLength = image.paymentLength();
        page.putInt(offset + ID_OFFSET, image.limit() + PaymentImageDecoder.paymentHeaderLength() - offset);
        page.putInt(offset + ID_LENGTH, idLength);
        insert(Bytes.hash(seed, page, idOffset(payment), idLength), payment);
        return payment;
    }

    /** Puts a payment that is in no list at the end of those to be forgotten. */
    void append(final int payment, final long forgetAtMs) {
        link(toForget, payment, forgetAtMs);
    }

    /** Puts a payment that is in no list at the end of those whose refund is due. */
    void appendRefundDue(final int payment) {
        link(refundsDue, payment, NEVER);
    }

    /** Notes that a refund that was due is settled; from now on the payment is one of those to be forgotten. */
    void settleRefund(final int payment, final long forgetAtMs) {
        unlink(refundsDue, payment);
        arena.page(payment).putByte(arena.offset(payment) + REFUND, (byte) RefundStatus.SETTLED.value());
        append(payment, forgetAtMs);
    }

    /** Forgets the first of those to be forgotten. */
    void forgetHead() {
        final int payment = toForget.head;
        unlink(toForget, payment);
        delete(Bytes.hash(seed, arena.page(payment), idOffset(payment), intAt(payment, ID_LENGTH)), payment);
        arena.free(payment);
    }

    private void link(final Chain chain, final int payment, final long forgetAtMs) {
        arena.page(payment).putLong(arena.offset(payment) + FORGET_AT, forgetAtMs);
        putInt(payment, NEXT, Arena.NONE);
        putInt(payment, PREV, chain.tail);
        if (chain.tail == Arena.NONE) {
            chain.head = payment;
        } else {
            putInt(chain.tail, NEXT, payment);
        }
        chain.tail = payment;
    }

    private void unlink(final Chain chain, final int payment) {
        final int prev = intAt(payment, PREV);
        final int next = intAt(payment, NEXT);
        if (prev == Arena.NONE) {
            chain.head = next;
        } else {
            putInt(prev, NEXT, next);
        }
        if (next == Arena.NONE) {
            chain.tail = prev;
        } else {
            putInt(next, PREV, prev);
        }
    }

    /** The first to be forgotten, or {@link Arena#NONE}. */
    int head() {
        return toForget.head;
    }

    /** Whether there is one whose time is over. */
    boolean isFirstForgettable(final long timeMs) {
        return toForget.head != Arena.NONE && forgetAtMs(toForget.head) <= timeMs;
    }

    /** The first of those whose refund is due, or {@link Arena#NONE}. */
    int refundDueHead() {
        return refundsDue.head;
    }

    /** The next one in the list that the payment is in, or {@link Arena#NONE}. */
    int next(final int payment) {
        return intAt(payment, NEXT);
    }

    long forgetAtMs(final int payment) {
        return arena.page(payment).getLong(arena.offset(payment) + FORGET_AT);
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
        return intAt(payment, IMAGE_LENGTH);
    }

    void copyImage(final int payment, final MutableDirectBuffer target, final int targetOffset) {
        target.putBytes(targetOffset, page(payment), imageOffset(payment), imageLength(payment));
    }

    private int idOffset(final int payment) {
        return arena.offset(payment) + intAt(payment, ID_OFFSET);
    }

    private int intAt(final int payment, final int field) {
        return arena.page(payment).getInt(arena.offset(payment) + field);
    }

    private void putInt(final int payment, final int field, final int value) {
        arena.page(payment).putInt(arena.offset(payment) + field, value);
    }

    private static final class Chain {
        private int head = Arena.NONE;
        private int tail = Arena.NONE;
    }
}
