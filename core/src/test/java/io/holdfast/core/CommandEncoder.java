package io.holdfast.core;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.core.message.ActivateRulesEncoder;
import io.holdfast.core.message.AdjustStockEncoder;
import io.holdfast.core.message.ArchiveDropEncoder;
import io.holdfast.core.message.CloseDropEncoder;
import io.holdfast.core.message.CreateDropEncoder;
import io.holdfast.core.message.ExpireHoldsEncoder;
import io.holdfast.core.message.ExtendHoldEncoder;
import io.holdfast.core.message.HoldStatus;
import io.holdfast.core.message.MessageHeaderEncoder;
import io.holdfast.core.message.OpenDropEncoder;
import io.holdfast.core.message.PauseDropEncoder;
import io.holdfast.core.message.PlaceHoldEncoder;
import io.holdfast.core.message.QueryDropEncoder;
import io.holdfast.core.message.QueryDropsEncoder;
import io.holdfast.core.message.QueryHoldEncoder;
import io.holdfast.core.message.QueryHoldsEncoder;
import io.holdfast.core.message.QueryRefundsEncoder;
import io.holdfast.core.message.RecordPaymentEncoder;
import io.holdfast.core.message.ReleaseHoldEncoder;
import io.holdfast.core.message.SettleRefundEncoder;
import io.holdfast.core.message.StartServerEncoder;
import org.agrona.ExpandableArrayBuffer;

/** Encodes a {@link Command} as its SBE message, header first. */
public final class CommandEncoder {
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1_024);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final PlaceHoldEncoder place = new PlaceHoldEncoder();
    private final ExtendHoldEncoder extend = new ExtendHoldEncoder();
    private final ReleaseHoldEncoder release = new ReleaseHoldEncoder();
    private final RecordPaymentEncoder record = new RecordPaymentEncoder();
    private final SettleRefundEncoder settle = new SettleRefundEncoder();
    private final QueryHoldEncoder queryHold = new QueryHoldEncoder();

    /** Where the latest message stands, from offset 0. */
    public ExpandableArrayBuffer buffer() {
        return buffer;
    }

    /** Encodes and returns the message's length. */
    public int encode(final Command command) {
        return switch (command.kind) {
            case PLACE -> place(command);
            case EXTEND -> {
                extend.wrapAndApplyHeader(buffer, 0, header).seconds(command.number);
                extend.hold().mostSignificantBits(Command.HOLD_MOST).leastSignificantBits(command.hold);
                extend.putDrop(bytes(command.drop), 0, command.drop.length());
                extend.putBuyer(bytes(command.buyer), 0, command.buyer.length());
                yield extend.limit();
            }
            case RELEASE -> {
                release.wrapAndApplyHeader(buffer, 0, header);
                release.hold().mostSignificantBits(Command.HOLD_MOST).leastSignificantBits(command.hold);
                release.putDrop(bytes(command.drop), 0, command.drop.length());
                release.putBuyer(bytes(command.buyer), 0, command.buyer.length());
                yield release.limit();
            }
            case PAY -> {
                record.wrapAndApplyHeader(buffer, 0, header)
                        .amountMinor(command.amountMinor)
                        .currency(command.currency);
                record.hold().mostSignificantBits(Command.HOLD_MOST).leastSignificantBits(command.hold);
                record.putPayment(bytes(command.payment), 0, command.payment.length());
                yield record.limit();
            }
            case SETTLE -> {
                settle.wrapAndApplyHeader(buffer, 0, header)
                        .putPayment(bytes(command.payment), 0, command.payment.length());
                yield settle.limit();
            }
            case HOLD -> {
                queryHold.wrapAndApplyHeader(buffer, 0, header);
                queryHold.hold().mostSignificantBits(Command.HOLD_MOST).leastSignificantBits(command.hold);
                queryHold.putDrop(bytes(command.drop), 0, command.drop.length());
                queryHold.putBuyer(bytes(command.buyer), 0, command.buyer.length());
                yield queryHold.limit();
            }
            case IDLE ->
                new ExpireHoldsEncoder().wrapAndApplyHeader(buffer, 0, header).limit();
            case START ->
                new StartServerEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .epoch(command.number)
                        .wallClockMs(Command.START_MS)
                        .build("test")
                        .limit();
            case RULES -> rules(command.rules);
            case DROPS ->
                new QueryDropsEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .afterDropNumber((int) command.after)
                        .entriesMax(command.entries)
                        .limit();
            case HOLDS -> queryHolds(command);
            case REFUNDS ->
                new QueryRefundsEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .afterSequence(command.after)
                        .entriesMax(command.entries)
                        .limit();
            case CREATE -> create(command);
            case ADJUST -> adjust(command);
            default -> ofDrop(command);
        };
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(ISO_8859_1);
    }

    private int place(final Command command) {
        place.wrapAndApplyHeader(buffer, 0, header);
        place.hold().mostSignificantBits(Command.HOLD_MOST).leastSignificantBits(command.hold);
        final PlaceHoldEncoder.ItemsEncoder items = place.itemsCount(command.items.size());
        for (final Command.Item item : command.items) {
            items.next()
                    .quantity(item.quantity())
                    .putSku(bytes(item.sku()), 0, item.sku().length());
        }
        place.putDrop(bytes(command.drop), 0, command.drop.length());
        place.putBuyer(bytes(command.buyer), 0, command.buyer.length());
        place.putKey(bytes(command.key), 0, command.key.length());
        return place.limit();
    }

    private int create(final Command command) {
        final CreateDropEncoder create = new CreateDropEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .opensAtMs(command.opensAtMs)
                .closesAtMs(command.closesAtMs)
                .holdSeconds(command.holdSeconds)
                .paymentGraceSeconds(command.paymentGraceSeconds)
                .maxHoldSeconds(command.maxHoldSeconds)
                .maxPerBuyer(command.maxPerBuyer)
                .currency(command.currency);
        final CreateDropEncoder.SkusEncoder skus = create.skusCount(command.items.size());
        for (final Command.Item item : command.items) {
            skus.next()
                    .capacity(item.quantity())
                    .priceMinor(item.priceMinor())
                    .putSku(bytes(item.sku()), 0, item.sku().length());
        }
        final byte[] title = command.title.getBytes(UTF_8);
        create.putDrop(bytes(command.drop), 0, command.drop.length()).putName(title, 0, title.length);
        return create.limit();
    }

    private int adjust(final Command command) {
        final String sku = command.items.get(0).sku();
        return new AdjustStockEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .delta(command.number)
                .putDrop(bytes(command.drop), 0, command.drop.length())
                .putSku(bytes(sku), 0, sku.length())
                .putKey(bytes(command.key), 0, command.key.length())
                .limit();
    }

    private int rules(final int[] rules) {
        return new ActivateRulesEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .rulesVersion(rules[0])
                .liveHoldsMax(rules[1])
                .finishedHoldsPerDropMax(rules[2])
                .rememberedRefusalsPerDropMax(rules[3])
                .rememberedAdjustmentsPerDropMax(rules[4])
                .paymentsMax(rules[5])
                .dropsMax(rules[6])
                .dropNamesMax(rules[7])
                .skusPerDropMax(rules[8])
                .limit();
    }

    private int queryHolds(final Command command) {
        return new QueryHoldsEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .afterSequence(command.after)
                .entriesMax(command.entries)
                .status(command.status.isEmpty() ? HoldStatus.NULL_VAL : HoldStatus.valueOf(command.status))
                .putDrop(bytes(command.drop), 0, command.drop.length())
                .putBuyer(bytes(command.buyer), 0, command.buyer.length())
                .limit();
    }

    private int ofDrop(final Command command) {
        final byte[] drop = bytes(command.drop);
        return switch (command.kind) {
            case OPEN ->
                new OpenDropEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .putDrop(drop, 0, drop.length)
                        .limit();
            case PAUSE ->
                new PauseDropEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .putDrop(drop, 0, drop.length)
                        .limit();
            case CLOSE ->
                new CloseDropEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .putDrop(drop, 0, drop.length)
                        .limit();
            case ARCHIVE ->
                new ArchiveDropEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .putDrop(drop, 0, drop.length)
                        .limit();
            case DROP ->
                new QueryDropEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .putDrop(drop, 0, drop.length)
                        .limit();
            default -> throw new IllegalArgumentException(command.kind + " is not about a drop alone");
        };
    }
}
