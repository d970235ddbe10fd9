package io.holdfast.gateway.api;

import io.holdfast.core.Answer;
import io.holdfast.core.message.HoldImageDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.gateway.access.BuyerToken;
import io.holdfast.gateway.request.HoldId;
import io.holdfast.gateway.request.Messages;
import io.holdfast.gateway.sequencer.Exchange;

/**
 * What buyers ask of a hold by their token. To the core a hold's id is right enough; a token reaches its buyer's own holds
 * in its own drop only. So the hold is looked at first, in the sequencer's order as any query: whose it is never changes,
 * and what is asked of it then comes after, in an order of its own. One for each event loop.
 */
final class OwnHolds {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HoldImageDecoder image = new HoldImageDecoder();
    private final HoldId hold = new HoldId();
    private final Messages messages = new Messages();

    /**
     * Goes with the call until the hold has been looked at.
     *
     * @param seconds by how much it is to be extended, where it is
     */
    record Wish(BuyerToken token, int seconds) {}

    /** Whether the answer shows a hold at all; if not, it says why there is none. */
    static boolean isShown(final Exchange exchange) {
        return exchange.isAnswered() && exchange.answer().templateId() == HoldImageDecoder.TEMPLATE_ID;
    }

    /** Whether the hold shown is one that the token reaches. */
    boolean isOwn(final Answer answer, final BuyerToken token) {
        image.wrapAndApplyHeader(answer.buffer(), 0, header);
        for (final var item = image.items(); item.hasNext(); ) {
            item.next().skipSku();
        }
        return token.drop().equals(image.drop()) && token.buyer().equals(image.buyer());
    }

    /** Puts the command into the exchange that has shown the hold. */
    void command(final Route route, final Wish wish, final Exchange exchange) {
        image.wrapAndApplyHeader(exchange.answer().buffer(), 0, header);
        hold.set(image.hold().mostSignificantBits(), image.hold().leastSignificantBits());
        final int length = switch (route) {
            case EXTEND_HOLD -> messages.extendHold(exchange.message(), hold, wish.seconds());
            case RELEASE_HOLD -> messages.releaseHold(exchange.message(), hold);
            default -> throw new IllegalStateException("no command for " + route);
        };
        exchange.ready(length, false);
    }
}
