package io.holdfast.core;

import io.holdfast.core.message.BooleanType;
import io.holdfast.core.message.CommandRejectedDecoder;
import io.holdfast.core.message.CommandRepeatedDecoder;
import io.holdfast.core.message.DropArchivedDecoder;
import io.holdfast.core.message.DropClosedDecoder;
import io.holdfast.core.message.DropCreatedDecoder;
import io.holdfast.core.message.DropImageDecoder;
import io.holdfast.core.message.DropOpenedDecoder;
import io.holdfast.core.message.DropPausedDecoder;
import io.holdfast.core.message.DropSoldOutDecoder;
import io.holdfast.core.message.HoldExpiredDecoder;
import io.holdfast.core.message.HoldExtendedDecoder;
import io.holdfast.core.message.HoldImageDecoder;
import io.holdfast.core.message.HoldPaidDecoder;
import io.holdfast.core.message.HoldPlacedDecoder;
import io.holdfast.core.message.HoldReleasedDecoder;
import io.holdfast.core.message.ImagePageDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.PaymentImageDecoder;
import io.holdfast.core.message.PaymentOutcome;
import io.holdfast.core.message.PaymentUnfulfilledDecoder;
import io.holdfast.core.message.RefundSettledDecoder;
import io.holdfast.core.message.RejectReason;
import io.holdfast.core.message.RulesActivatedDecoder;
import io.holdfast.core.message.ServerStartedDecoder;
import io.holdfast.core.message.StockAdjustedDecoder;
import java.util.StringJoiner;
import org.agrona.DirectBuffer;

/**
 * Puts events and answers into words, as the tables of the tests write them.
 *
 * <p>Holds are {@code h1}, times {@code +300} are seconds after {@link Command#START_MS}, stock {@code GA 3/2/0} is
 * available, held, sold.
 */
public final class MessageText {
    private MessageText() {}

    /** An event or an answer, header first, in words. */
    public static String of(final DirectBuffer buffer, final int offset) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final int template = header.wrap(buffer, offset).templateId();
        return switch (template) {
            case HoldPlacedDecoder.TEMPLATE_ID ->
                "HoldPlaced "
                        + holdName(
                                buffer,
                                new HoldPlacedDecoder()
                                        .wrapAndApplyHeader(buffer, offset, header)
                                        .limit());
            case HoldExtendedDecoder.TEMPLATE_ID -> extended(buffer, offset, header);
            case HoldReleasedDecoder.TEMPLATE_ID ->
                "HoldReleased "
                        + holdName(
                                buffer,
                                new HoldReleasedDecoder()
                                        .wrapAndApplyHeader(buffer, offset, header)
                                        .limit());
            case HoldExpiredDecoder.TEMPLATE_ID ->
                "HoldExpired "
                        + holdName(
                                buffer,
                                new HoldExpiredDecoder()
                                        .wrapAndApplyHeader(buffer, offset, header)
                                        .limit());
            case HoldPaidDecoder.TEMPLATE_ID -> paid(buffer, offset, header);
            case PaymentUnfulfilledDecoder.TEMPLATE_ID -> {
                final var event = new PaymentUnfulfilledDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield "PaymentUnfulfilled " + event.payment() + " " + event.reason();
            }
            case RefundSettledDecoder.TEMPLATE_ID ->
                "RefundSettled "
                        + new RefundSettledDecoder()
                                .wrapAndApplyHeader(buffer, offset, header)
                                .payment();
            case CommandRejectedDecoder.TEMPLATE_ID -> rejected(buffer, offset, header);
            case CommandRepeatedDecoder.TEMPLATE_ID -> {
                final var event = new CommandRepeatedDecoder().wrapAndApplyHeader(buffer, offset, header);
                final String reason = event.reason() == RejectReason.NONE ? "" : " " + event.reason();
                yield "CommandRepeated #" + event.sequence() + reason;
            }
            case StockAdjustedDecoder.TEMPLATE_ID -> {
                final var event = new StockAdjustedDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield "StockAdjusted " + event.drop() + " " + event.sku() + " " + event.delta() + " to "
                        + event.capacity();
            }
            case ServerStartedDecoder.TEMPLATE_ID ->
                "ServerStarted "
                        + new ServerStartedDecoder()
                                .wrapAndApplyHeader(buffer, offset, header)
                                .epoch();
            case RulesActivatedDecoder.TEMPLATE_ID ->
                "RulesActivated "
                        + new RulesActivatedDecoder()
                                .wrapAndApplyHeader(buffer, offset, header)
                                .rulesVersion();
            case HoldImageDecoder.TEMPLATE_ID -> hold(buffer, offset, header);
            case DropImageDecoder.TEMPLATE_ID -> drop(buffer, offset, header);
            case PaymentImageDecoder.TEMPLATE_ID -> payment(buffer, offset, header);
            case ImagePageDecoder.TEMPLATE_ID -> page(buffer, offset, header);
            default -> ofDrop(buffer, offset, header);
        };
    }

    private static String ofDrop(final DirectBuffer buffer, final int offset, final MessageHeaderDecoder header) {
        switch (header.templateId()) {
            case DropCreatedDecoder.TEMPLATE_ID -> {
                final var event = new DropCreatedDecoder().wrapAndApplyHeader(buffer, offset, header);
                for (final DropCreatedDecoder.SkusDecoder skus = event.skus(); skus.hasNext(); ) {
                    skus.next().skipSku();
                }
                return "DropCreated " + event.drop() + " " + event.status();
            }
            case DropOpenedDecoder.TEMPLATE_ID -> {
                final var event = new DropOpenedDecoder().wrapAndApplyHeader(buffer, offset, header);
                return "DropOpened " + event.drop() + " " + event.cause();
            }
            case DropPausedDecoder.TEMPLATE_ID -> {
                return "DropPaused "
                        + new DropPausedDecoder()
                                .wrapAndApplyHeader(buffer, offset, header)
                                .drop();
            }
            case DropClosedDecoder.TEMPLATE_ID -> {
                final var event = new DropClosedDecoder().wrapAndApplyHeader(buffer, offset, header);
                return "DropClosed " + event.drop() + " " + event.cause();
            }
            case DropArchivedDecoder.TEMPLATE_ID -> {
                return "DropArchived "
                        + new DropArchivedDecoder()
                                .wrapAndApplyHeader(buffer, offset, header)
                                .drop();
            }
            case DropSoldOutDecoder.TEMPLATE_ID -> {
                final var event = new DropSoldOutDecoder().wrapAndApplyHeader(buffer, offset, header);
                return "DropSoldOut " + of(buffer, event.limit() + Integer.BYTES);
            }
            default -> throw new IllegalArgumentException("no words for message kind " + header.templateId());
        }
    }

    /** Name of the hold whose image stands behind its length. */
    private static String holdName(final DirectBuffer buffer, final int nestedOffset) {
        return "h" + HoldTable.idLeast(buffer, nestedOffset + Integer.BYTES);
    }

    private static String extended(final DirectBuffer buffer, final int offset, final MessageHeaderDecoder header) {
        final int nested = new HoldExtendedDecoder()
                .wrapAndApplyHeader(buffer, offset, header)
                .limit();
        return "HoldExtended " + holdName(buffer, nested) + " "
                + time(HoldTable.expiresAtMs(buffer, nested + Integer.BYTES));
    }

    private static String paid(final DirectBuffer buffer, final int offset, final MessageHeaderDecoder header) {
        final var event = new HoldPaidDecoder().wrapAndApplyHeader(buffer, offset, header);
        final String name = holdName(buffer, event.limit());
        event.skipImage();
        return "HoldPaid " + name + " " + event.payment()
                + (event.reacquired() == BooleanType.TRUE ? " reacquired" : "");
    }

    private static String rejected(final DirectBuffer buffer, final int offset, final MessageHeaderDecoder header) {
        final var event = new CommandRejectedDecoder().wrapAndApplyHeader(buffer, offset, header);
        final String head = "CommandRejected " + event.reason();
        for (final CommandRejectedDecoder.ItemsDecoder items = event.items(); items.hasNext(); ) {
            items.next();
        }
        return switch (event.reason()) {
            case UNKNOWN_SKU -> head + " " + event.sku();
            case BUYER_LIMIT -> head + " " + event.held() + "/" + event.maxPerBuyer();
            case SOLD_OUT ->
                head + " " + event.sku() + " " + event.available() + "+" + event.held()
                        + (event.isFinal() == BooleanType.TRUE ? " final" : "");
            case DROP_NOT_OPEN ->
                head
                        + (event.opensAtMs() == CommandRejectedDecoder.opensAtMsNullValue()
                                ? ""
                                : " " + time(event.opensAtMs()));
            default -> head;
        };
    }

    private static String hold(final DirectBuffer buffer, final int offset, final MessageHeaderDecoder header) {
        final var image = new HoldImageDecoder().wrapAndApplyHeader(buffer, offset, header);
        final StringJoiner items = new StringJoiner(",");
        for (final HoldImageDecoder.ItemsDecoder each = image.items(); each.hasNext(); ) {
            final int quantity = each.next().quantity();
            items.add(each.sku() + ":" + quantity);
        }
        final String amount = image.amountMinor() == HoldImageDecoder.amountMinorNullValue()
                ? ""
                : " " + image.amountMinor() + image.currency();
        return "h" + image.hold().leastSignificantBits() + " " + image.drop() + " " + image.buyer() + " " + items + " "
                + image.status() + " #" + image.sequence() + " " + time(image.createdAtMs()) + ".."
                + time(image.expiresAtMs()) + amount;
    }

    private static String drop(final DirectBuffer buffer, final int offset, final MessageHeaderDecoder header) {
        final var image = new DropImageDecoder().wrapAndApplyHeader(buffer, offset, header);
        final StringJoiner stock = new StringJoiner(" ");
        for (final DropImageDecoder.SkusDecoder skus = image.skus(); skus.hasNext(); ) {
            skus.next();
            final String counts = skus.available() + "/" + skus.held() + "/" + skus.sold();
            stock.add(skus.sku() + " " + counts);
        }
        return image.drop() + " " + image.status() + " " + stock;
    }

    private static String payment(final DirectBuffer buffer, final int offset, final MessageHeaderDecoder header) {
        final var image = new PaymentImageDecoder().wrapAndApplyHeader(buffer, offset, header);
        final String verdict = image.outcome() == PaymentOutcome.PAID
                ? "PAID" + (image.reacquired() == BooleanType.TRUE ? " reacquired" : "")
                : "REFUND_" + image.refund() + " " + image.reason();
        return image.payment() + " h" + image.hold().leastSignificantBits() + " " + image.amountMinor()
                + image.currency() + " #" + image.sequence() + " " + verdict;
    }

    private static String page(final DirectBuffer buffer, final int offset, final MessageHeaderDecoder header) {
        final var page = new ImagePageDecoder().wrapAndApplyHeader(buffer, offset, header);
        final long next = page.next();
        final StringJoiner images = new StringJoiner("; ", "[", "]");
        for (final ImagePageDecoder.ImagesDecoder each = page.images(); each.hasNext(); ) {
            each.next();
            images.add(of(buffer, page.limit() + Integer.BYTES));
            each.skipImage();
        }
        return images + (next == ImagePageDecoder.nextNullValue() ? "" : " next " + next);
    }

    /** Seconds after the start, with as many decimals as it takes. */
    static String time(final long timeMs) {
        final long ms = timeMs - Command.START_MS;
        return "+" + ms / 1_000 + (ms % 1_000 == 0 ? "" : String.format(".%03d", ms % 1_000));
    }
}
