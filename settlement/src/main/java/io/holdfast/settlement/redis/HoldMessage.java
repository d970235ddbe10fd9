package io.holdfast.settlement.redis;

import io.holdfast.core.message.BooleanType;
import io.holdfast.core.message.HoldExpiredDecoder;
import io.holdfast.core.message.HoldExtendedDecoder;
import io.holdfast.core.message.HoldImageDecoder;
import io.holdfast.core.message.HoldPaidDecoder;
import io.holdfast.core.message.HoldPlacedDecoder;
import io.holdfast.core.message.HoldReleasedDecoder;
import io.holdfast.core.message.HoldStatus;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.SnapshotHoldDecoder;
import org.agrona.DirectBuffer;

/**
 * A message that says what a hold is now: an event, or a snapshot's entry. All of them bear the hold's image as the first
 * thing behind their block.
 */
final class HoldMessage {
    /** Length of the length before a nested message. */
    private static final int PREFIX = Integer.BYTES;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HoldImageDecoder image = new HoldImageDecoder();
    private final HoldPaidDecoder paid = new HoldPaidDecoder();
    private final SnapshotHoldDecoder snapshotHold = new SnapshotHoldDecoder();

    private DirectBuffer buffer;
    private int offset;
    private int imageOffset;

    /** Points to a message, and says whether it is about a hold. */
    boolean wrap(final DirectBuffer source, final int messageOffset) {
        header.wrap(source, messageOffset);
        switch (header.templateId()) {
            case HoldPlacedDecoder.TEMPLATE_ID,
                    HoldExtendedDecoder.TEMPLATE_ID,
                    HoldReleasedDecoder.TEMPLATE_ID,
                    HoldExpiredDecoder.TEMPLATE_ID,
                    HoldPaidDecoder.TEMPLATE_ID,
                    SnapshotHoldDecoder.TEMPLATE_ID -> {
                buffer = source;
                offset = messageOffset;
                imageOffset = messageOffset + MessageHeaderDecoder.ENCODED_LENGTH + header.blockLength() + PREFIX;
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    int templateId() {
        return header.wrap(buffer, offset).templateId();
    }

    int imageOffset() {
        return imageOffset;
    }

    /** The hold's image from its beginning. */
    HoldImageDecoder image() {
        return image.wrapAndApplyHeader(buffer, imageOffset, header);
    }

    /** Whether the hold is live after this. */
    boolean isLive() {
        return image().status() == HoldStatus.HELD;
    }

    /** Of a payment: whether the units came from stock that was free again. */
    boolean isReacquired() {
        return paid.wrapAndApplyHeader(buffer, offset, header).reacquired() == BooleanType.TRUE;
    }

    /** Of a snapshot's entry: when the hold goes back by itself, in epoch milliseconds of logical time. */
    long dueAtMs() {
        return snapshotHold.wrapAndApplyHeader(buffer, offset, header).dueAtMs();
    }
}
