package io.holdfast.gateway.audit;

import io.holdfast.core.message.BooleanType;
import io.holdfast.core.message.HoldExpiredDecoder;
import io.holdfast.core.message.HoldExtendedDecoder;
import io.holdfast.core.message.HoldPaidDecoder;
import io.holdfast.core.message.HoldPlacedDecoder;
import io.holdfast.core.message.HoldReleasedDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.PaymentUnfulfilledDecoder;
import io.holdfast.core.message.RefundSettledDecoder;
import java.util.UUID;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The sentences of a story about what happened to holds and payments. */
final class StoryEvents {
    private final Story story;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final UnsafeBuffer image = new UnsafeBuffer();

    StoryEvents(final Story story) {
        this.story = story;
    }

    /** Tells an event, if it is about the buyer; {@code asked} is what the buyer's command wanted, or null. */
    void tell(final String asked, final DirectBuffer buffer, final int offset) {
        switch (header.wrap(buffer, offset).templateId()) {
            case HoldPlacedDecoder.TEMPLATE_ID ->
                placed(asked, new HoldPlacedDecoder().wrapAndApplyHeader(buffer, offset, header));
            case HoldExtendedDecoder.TEMPLATE_ID ->
                extended(asked, new HoldExtendedDecoder().wrapAndApplyHeader(buffer, offset, header));
            case HoldReleasedDecoder.TEMPLATE_ID ->
                released(new HoldReleasedDecoder().wrapAndApplyHeader(buffer, offset, header));
            case HoldExpiredDecoder.TEMPLATE_ID ->
                expired(new HoldExpiredDecoder().wrapAndApplyHeader(buffer, offset, header));
            case HoldPaidDecoder.TEMPLATE_ID -> paid(new HoldPaidDecoder().wrapAndApplyHeader(buffer, offset, header));
            case PaymentUnfulfilledDecoder.TEMPLATE_ID ->
                unfulfilled(new PaymentUnfulfilledDecoder().wrapAndApplyHeader(buffer, offset, header));
            case RefundSettledDecoder.TEMPLATE_ID ->
                refunded(new RefundSettledDecoder().wrapAndApplyHeader(buffer, offset, header));
            default -> {
                // Drops and servers have no part in a buyer's story.
            }
        }
    }

    private void placed(final String asked, final HoldPlacedDecoder event) {
        event.wrapImage(image);
        final HoldView hold = HoldView.of(image);
        if (story.owns(hold)) {
            story.say(asked + "; got hold " + hold.id() + " until " + Wording.near(hold.expiresAtMs(), story.timeMs()));
        }
    }

    private void extended(final String asked, final HoldExtendedDecoder event) {
        event.wrapImage(image);
        final HoldView hold = HoldView.of(image);
        if (story.owns(hold)) {
            story.say(asked + "; got until " + Wording.near(hold.expiresAtMs(), story.timeMs()));
        }
    }

    private void released(final HoldReleasedDecoder event) {
        event.wrapImage(image);
        final HoldView hold = HoldView.of(image);
        if (story.owns(hold)) {
            story.say("gave back hold " + hold.id() + ", " + hold.items() + " of " + hold.drop());
        }
    }

    private void expired(final HoldExpiredDecoder event) {
        event.wrapImage(image);
        final HoldView hold = HoldView.of(image);
        if (story.owns(hold)) {
            story.say("had not paid in time: hold " + hold.id() + ", " + hold.items() + " of " + hold.drop()
                    + ", expired and went back to stock; it was to be paid by "
                    + Wording.near(hold.expiresAtMs(), story.timeMs()));
        }
    }

    private void paid(final HoldPaidDecoder event) {
        event.wrapImage(image);
        final HoldView hold = HoldView.of(image);
        if (story.owns(hold)) {
            final boolean isLate = event.reacquired() == BooleanType.TRUE;
            story.say(
                    "paid " + Wording.money(event.amountMinor(), event.currency()) + " with payment " + event.payment()
                            + (isLate ? ", too late, but it was still to be had" : "") + "; hold " + hold.id() + ", "
                            + hold.items() + " of " + hold.drop() + ", is now the order of that id");
        }
    }

    private void unfulfilled(final PaymentUnfulfilledDecoder event) {
        final UUID hold =
                new UUID(event.hold().mostSignificantBits(), event.hold().leastSignificantBits());
        if (story.owns(hold)) {
            story.say("payment " + event.payment() + " of " + Wording.money(event.amountMinor(), event.currency())
                    + " for hold " + hold + " bought nothing, since " + Wording.reason(event.reason())
                    + "; a refund is due");
        }
    }

    private void refunded(final RefundSettledDecoder event) {
        final UUID hold =
                new UUID(event.hold().mostSignificantBits(), event.hold().leastSignificantBits());
        if (story.owns(hold)) {
            story.say("got back the " + Wording.money(event.amountMinor(), event.currency()) + " of payment "
                    + event.payment());
        }
    }
}
