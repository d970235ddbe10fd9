package io.holdfast.core;

import io.holdfast.core.message.BooleanType;
import io.holdfast.core.message.CommandRejectedEncoder;
import io.holdfast.core.message.HoldStatus;
import io.holdfast.core.message.ImagePageDecoder;
import io.holdfast.core.message.ImagePageEncoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.MessageHeaderEncoder;
import io.holdfast.core.message.QueryDropDecoder;
import io.holdfast.core.message.QueryDropsDecoder;
import io.holdfast.core.message.QueryHoldDecoder;
import io.holdfast.core.message.QueryHoldsDecoder;
import io.holdfast.core.message.QueryRefundsDecoder;
import io.holdfast.core.message.RejectReason;
import io.holdfast.core.store.Arena;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** Answers questions about the state. Changes nothing, and looks at a bounded number of entries. */
final class Queries {
    /** A page of drops ends here, however few they are: a drop may have a thousand SKUs. */
    private static final int PAGE_LENGTH_MAX = 1 << 20;

    private static final int NUM_IN_GROUP_OFFSET = MessageHeaderEncoder.ENCODED_LENGTH
            + ImagePageEncoder.BLOCK_LENGTH
            + ImagePageEncoder.ImagesEncoder.HEADER_SIZE
            - Short.BYTES;
    private static final int FIRST_IMAGE_OFFSET = NUM_IN_GROUP_OFFSET + Short.BYTES;
    private static final long END = ImagePageDecoder.nextNullValue();

    private final State state;
    private final MessageHeaderDecoder header;
    private final MessageHeaderEncoder answerHeader = new MessageHeaderEncoder();
    private final QueryHoldDecoder queryHold = new QueryHoldDecoder();
    private final QueryDropDecoder queryDrop = new QueryDropDecoder();
    private final QueryDropsDecoder queryDrops = new QueryDropsDecoder();
    private final QueryHoldsDecoder queryHolds = new QueryHoldsDecoder();
    private final QueryRefundsDecoder queryRefunds = new QueryRefundsDecoder();
    private final CommandRejectedEncoder rejected = new CommandRejectedEncoder();
    private final ImagePageEncoder page = new ImagePageEncoder();
    private final DropImages dropImages = new DropImages();
    private final ExpandableArrayBuffer images = new ExpandableArrayBuffer();

    /** The page under way: how many images it has, and where the next one goes. */
    private int pageCount;

    private int pageLength;

    Queries(final State state, final MessageHeaderDecoder header) {
        this.state = state;
        this.header = header;
    }

    void hold(final DirectBuffer query, final int offset, final Answer answer) {
        queryHold.wrapAndApplyHeader(query, offset, header);
        final int hold = state.findHold(
                queryHold.hold().mostSignificantBits(), queryHold.hold().leastSignificantBits());
        final int dropLength = queryHold.dropLength();
        final int dropOffset = queryHold.limit() + QueryHoldDecoder.dropHeaderLength();
        queryHold.skipDrop();
        final int buyerLength = queryHold.buyerLength();
        final int buyerOffset = queryHold.limit() + QueryHoldDecoder.buyerHeaderLength();
        final boolean isVisible = hold != Arena.NONE
                && (dropLength == 0 || state.dropOf(hold).isNamed(query, dropOffset, dropLength))
                && (buyerLength == 0 || state.buyers.isNamed(state.holds.buyer(hold), query, buyerOffset, buyerLength));
        if (isVisible) {
            answer.end(state.holds.copyImage(hold, answer.writable(), 0));
        } else {
            refuse(RejectReason.UNKNOWN_HOLD, answer);
        }
    }

    void drop(final DirectBuffer query, final int offset, final Answer answer) {
        queryDrop.wrapAndApplyHeader(query, offset, header);
        final int length = queryDrop.dropLength();
        final Drop drop = state.drops.find(query, queryDrop.limit() + QueryDropDecoder.dropHeaderLength(), length);
        if (drop == null) {
            refuse(RejectReason.UNKNOWN_DROP, answer);
        } else {
            answer.end(dropImages.encode(drop, answer.writable(), 0));
        }
    }

    void dropImages(final long changedAfter, final MessageSink sink) {
        for (final Drop drop : state.drops.inOrder()) {
            if (drop.changedSequence > changedAfter) {
                sink.onMessage(images, 0, dropImages.encode(drop, images, 0));
            }
        }
    }

    void drops(final DirectBuffer query, final int offset, final Answer answer) {
        queryDrops.wrapAndApplyHeader(query, offset, header);
        final int after = queryDrops.afterDropNumber();
        final int entriesMax = entriesMax(queryDrops.entriesMax());
        beginPage();
        long last = END;
        for (final Drop drop : state.drops.inOrder()) {
            if (drop.number <= after) {
                continue;
            }
            if (pageCount == entriesMax || pageLength > PAGE_LENGTH_MAX) {
                endPage(last, answer);
                return;
            }
            append(answer.writable(), dropImages.encode(drop, answer.writable(), Turn.nestedAt(pageLength)));
            last = drop.number;
        }
        endPage(END, answer);
    }

    void holds(final DirectBuffer query, final int offset, final Answer answer) {
        queryHolds.wrapAndApplyHeader(query, offset, header);
        final long after = queryHolds.afterSequence();
        final int entriesMax = entriesMax(queryHolds.entriesMax());
        final HoldStatus status = queryHolds.status();
        final int dropLength = queryHolds.dropLength();
        final int dropOffset = queryHolds.limit() + QueryHoldsDecoder.dropHeaderLength();
        queryHolds.skipDrop();
        final int buyerLength = queryHolds.buyerLength();
        final int buyerOffset = queryHolds.limit() + QueryHoldsDecoder.buyerHeaderLength();
        final Drop drop = state.drops.find(query, dropOffset, dropLength);
        if (drop == null) {
            refuse(RejectReason.UNKNOWN_DROP, answer);
            return;
        }
        final int buyer =
                buyerLength == 0 ? Arena.NONE : state.buyers.find(drop.number, query, buyerOffset, buyerLength);
        final boolean isEmpty = buyerLength > 0 && buyer == Arena.NONE;
        beginPage();
        endPage(isEmpty ? END : scan(drop, buyer, status, after, entriesMax, answer), answer);
    }

    /** Appends the holds that fit and returns where to go on, or END. */
    private long scan(
            final Drop drop,
            final int buyer,
            final HoldStatus status,
            final long after,
            final int entriesMax,
            final Answer answer) {
        int hold = first(drop, buyer, after);
        for (int seen = 0; hold != Arena.NONE; seen++) {
            final boolean isOfBuyer = buyer == Arena.NONE || state.holds.buyer(hold) == buyer;
            if (isOfBuyer && (status == HoldStatus.NULL_VAL || state.holds.status(hold) == status)) {
                append(answer.writable(), state.holds.copyImage(hold, answer.writable(), Turn.nestedAt(pageLength)));
            }
            final long sequence = state.holds.sequence(hold);
            hold = buyer != Arena.NONE && isOfBuyer ? state.holds.buyerNext(hold) : drop.holds.firstAfter(sequence);
            if (pageCount == entriesMax || seen + 1 == Limits.SCAN_ENTRIES_MAX) {
                return hold == Arena.NONE ? END : sequence;
            }
        }
        return END;
    }

    /** Every refund that is looked at is in the page, so that a page ends no scan early. */
    void refunds(final DirectBuffer query, final int offset, final Answer answer) {
        queryRefunds.wrapAndApplyHeader(query, offset, header);
        final int entriesMax = entriesMax(queryRefunds.entriesMax());
        long last = queryRefunds.afterSequence();
        beginPage();
        int payment = state.payments.refundDueAfter(last);
        while (payment != Arena.NONE && pageCount < entriesMax) {
            append(answer.writable(), state.payments.copyImage(payment, answer.writable(), Turn.nestedAt(pageLength)));
            last = state.payments.image(payment).sequence();
            payment = state.payments.refundDueAfter(last);
        }
        endPage(payment == Arena.NONE ? END : last, answer);
    }

    /**
     * Where a scan begins. A buyer's scan follows the buyer's own list from the hold that it stopped at; should that one
     * be forgotten meanwhile, it goes through the drop's holds until it meets the buyer again.
     */
    private int first(final Drop drop, final int buyer, final long after) {
        if (buyer == Arena.NONE) {
            return drop.holds.firstAfter(after);
        }
        if (after <= 0) {
            return state.buyers.head(buyer);
        }
        final int stoppedAt = drop.holds.find(after);
        return stoppedAt != Arena.NONE && state.holds.buyer(stoppedAt) == buyer
                ? state.holds.buyerNext(stoppedAt)
                : drop.holds.firstAfter(after);
    }

    /** A page of none could neither end nor go on. */
    private static int entriesMax(final int wanted) {
        return Math.max(1, Math.min(wanted, Limits.SCAN_ENTRIES_MAX));
    }

    private void beginPage() {
        pageCount = 0;
        pageLength = FIRST_IMAGE_OFFSET;
    }

    private void append(final MutableDirectBuffer target, final int imageLength) {
        pageLength = Turn.endNested(target, pageLength, imageLength);
        pageCount++;
    }

    /** Writes the page's head before the images that stand there already. */
    private void endPage(final long next, final Answer answer) {
        page.wrapAndApplyHeader(answer.writable(), 0, answerHeader).next(next).imagesCount(0);
        answer.writable().putShort(NUM_IN_GROUP_OFFSET, (short) pageCount, MessageHeaderDecoder.BYTE_ORDER);
        answer.end(pageLength);
    }

    private void refuse(final RejectReason reason, final Answer answer) {
        rejected.wrapAndApplyHeader(answer.writable(), 0, answerHeader)
                .opensAtMs(Drop.NO_TIME)
                .dropNumber(-1)
                .available(0)
                .held(0)
                .maxPerBuyer(0)
                .reason(reason)
                .isFinal(BooleanType.FALSE)
                .itemsCount(0);
        rejected.putSku(answer.buffer(), 0, 0).putBuyer(answer.buffer(), 0, 0).putKey(answer.buffer(), 0, 0);
        answer.end(rejected.limit());
    }
}
