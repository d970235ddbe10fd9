package io.holdfast.gateway.audit;

import io.holdfast.core.Answer;
import io.holdfast.core.Limits;
import io.holdfast.core.StateMachine;
import io.holdfast.core.message.HoldStatus;
import io.holdfast.core.message.ImagePageDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.MessageHeaderEncoder;
import io.holdfast.core.message.QueryDropsEncoder;
import io.holdfast.core.message.QueryHoldsEncoder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Shows the images of all drops, or of all holds of a drop, page by page, by the queries that a server answers. */
final class StatePages {
    private static final long END = ImagePageDecoder.nextNullValue();

    private final StateMachine machine;
    private final ExpandableArrayBuffer query = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder queryHeader = new MessageHeaderEncoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ImagePageDecoder page = new ImagePageDecoder();
    private final Answer answer = new Answer();

    StatePages(final StateMachine machine) {
        this.machine = machine;
    }

    /** Takes an image, its header at the offset; valid until it returns. */
    @FunctionalInterface
    interface ImageHandler {
        void onImage(DirectBuffer buffer, int offset);
    }

    void drops(final ImageHandler handler) {
        final QueryDropsEncoder drops = new QueryDropsEncoder();
        long next = -1;
        do {
            drops.wrapAndApplyHeader(query, 0, queryHeader)
                    .afterDropNumber((int) next)
                    .entriesMax(Limits.SCAN_ENTRIES_MAX);
            next = page(handler);
        } while (next != END);
    }

    void holds(final String drop, final ImageHandler handler) {
        final QueryHoldsEncoder holds = new QueryHoldsEncoder();
        long next = 0;
        do {
            holds.wrapAndApplyHeader(query, 0, queryHeader)
                    .afterSequence(next)
                    .entriesMax(Limits.SCAN_ENTRIES_MAX)
                    .status(HoldStatus.NULL_VAL)
                    .drop(drop)
                    .buyer("");
            next = page(handler);
        } while (next != END);
    }

    private long page(final ImageHandler handler) {
        machine.query(machine.timeMs(), query, 0, answer);
        page.wrapAndApplyHeader(answer.buffer(), 0, header);
        final long next = page.next();
        for (final var images = page.images(); images.hasNext(); ) {
            images.next();
            final int length = images.imageLength();
            final int offset = page.limit() + ImagePageDecoder.ImagesDecoder.imageHeaderLength();
            page.limit(offset + length);
            handler.onImage(answer.buffer(), offset);
        }
        return next;
    }
}
