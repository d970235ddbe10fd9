package io.holdfast.gateway.request;

import io.holdfast.core.message.AdjustStockEncoder;
import io.holdfast.core.message.ArchiveDropEncoder;
import io.holdfast.core.message.CloseDropEncoder;
import io.holdfast.core.message.CreateDropEncoder;
import io.holdfast.core.message.ExtendHoldEncoder;
import io.holdfast.core.message.MessageHeaderEncoder;
import io.holdfast.core.message.OpenDropEncoder;
import io.holdfast.core.message.PauseDropEncoder;
import io.holdfast.core.message.PlaceHoldEncoder;
import io.holdfast.core.message.RecordPaymentEncoder;
import io.holdfast.core.message.ReleaseHoldEncoder;
import io.holdfast.core.message.SettleRefundEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * Encodes commands, each with its header at offset 0, and returns the length. One for each event loop: the
 * flyweights are used again.
 */
public final class Messages {
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final CreateDropEncoder createDrop = new CreateDropEncoder();
    private final OpenDropEncoder openDrop = new OpenDropEncoder();
    private final PauseDropEncoder pauseDrop = new PauseDropEncoder();
    private final CloseDropEncoder closeDrop = new CloseDropEncoder();
    private final ArchiveDropEncoder archiveDrop = new ArchiveDropEncoder();
    private final AdjustStockEncoder adjustStock = new AdjustStockEncoder();
    private final PlaceHoldEncoder placeHold = new PlaceHoldEncoder();
    private final ExtendHoldEncoder extendHold = new ExtendHoldEncoder();
    private final ReleaseHoldEncoder releaseHold = new ReleaseHoldEncoder();
    private final RecordPaymentEncoder recordPayment = new RecordPaymentEncoder();
    private final SettleRefundEncoder settleRefund = new SettleRefundEncoder();

    public int placeHold(
            final MutableDirectBuffer into,
            final HoldId hold,
            final Text drop,
            final HoldRequest request,
            final Text key) {
        placeHold.wrapAndApplyHeader(into, 0, header);
        placeHold
                .hold()
                .mostSignificantBits(hold.mostSignificantBits())
                .leastSignificantBits(hold.leastSignificantBits());
        final PlaceHoldEncoder.ItemsEncoder items = placeHold.itemsCount(request.itemCount());
        for (int i = 0; i < request.itemCount(); i++) {
            final Text sku = request.sku(i);
            items.next().quantity(request.quantity(i)).putSku(sku.bytes(), 0, sku.length());
        }
        placeHold
                .putDrop(drop.bytes(), 0, drop.length())
                .putBuyer(request.buyer().bytes(), 0, request.buyer().length())
                .putKey(key.bytes(), 0, key.length());
        return placeHold.limit();
    }

    public int extendHold(final MutableDirectBuffer into, final HoldId hold, final HoldOwner owner, final int seconds) {
        extendHold.wrapAndApplyHeader(into, 0, header).seconds(seconds);
        extendHold
                .hold()
                .mostSignificantBits(hold.mostSignificantBits())
                .leastSignificantBits(hold.leastSignificantBits());
        return extendHold
                .putDrop(owner.drop().bytes(), 0, owner.drop().length())
                .putBuyer(owner.buyer().bytes(), 0, owner.buyer().length())
                .limit();
    }

    public int releaseHold(final MutableDirectBuffer into, final HoldId hold, final HoldOwner owner) {
        releaseHold.wrapAndApplyHeader(into, 0, header);
        releaseHold
                .hold()
                .mostSignificantBits(hold.mostSignificantBits())
                .leastSignificantBits(hold.leastSignificantBits());
        return releaseHold
                .putDrop(owner.drop().bytes(), 0, owner.drop().length())
                .putBuyer(owner.buyer().bytes(), 0, owner.buyer().length())
                .limit();
    }

    public int recordPayment(final MutableDirectBuffer into, final PaymentRequest request) {
        recordPayment.wrapAndApplyHeader(into, 0, header);
        recordPayment
                .hold()
                .mostSignificantBits(request.hold().mostSignificantBits())
                .leastSignificantBits(request.hold().leastSignificantBits());
        recordPayment
                .amountMinor(request.amountMinor())
                .currency(request.currency())
                .putPayment(request.payment().bytes(), 0, request.payment().length());
        return recordPayment.limit();
    }

    public int settleRefund(final MutableDirectBuffer into, final Text payment) {
        settleRefund.wrapAndApplyHeader(into, 0, header).putPayment(payment.bytes(), 0, payment.length());
        return settleRefund.limit();
    }

    public int createDrop(final MutableDirectBuffer into, final Text drop, final DropRequest request) {
        createDrop
                .wrapAndApplyHeader(into, 0, header)
                .opensAtMs(request.opensAtMs())
                .closesAtMs(request.closesAtMs())
                .holdSeconds(request.holdSeconds())
                .paymentGraceSeconds(request.paymentGraceSeconds())
                .maxHoldSeconds(request.maxHoldSeconds())
                .maxPerBuyer(request.maxPerBuyer())
                .currency(request.skus().currency());
        final var definitions = request.skus().definitions();
        final CreateDropEncoder.SkusEncoder skus = createDrop.skusCount(definitions.size());
        for (final SkuDefinitions.Definition definition : definitions) {
            skus.next()
                    .capacity(definition.capacity())
                    .priceMinor(definition.priceMinor())
                    .sku(definition.sku());
        }
        createDrop.putDrop(drop.bytes(), 0, drop.length()).name(request.nameOr(drop));
        return createDrop.limit();
    }

    public int openDrop(final MutableDirectBuffer into, final Text drop) {
        return openDrop.wrapAndApplyHeader(into, 0, header)
                .putDrop(drop.bytes(), 0, drop.length())
                .limit();
    }

    public int pauseDrop(final MutableDirectBuffer into, final Text drop) {
        return pauseDrop
                .wrapAndApplyHeader(into, 0, header)
                .putDrop(drop.bytes(), 0, drop.length())
                .limit();
    }

    public int closeDrop(final MutableDirectBuffer into, final Text drop) {
        return closeDrop
                .wrapAndApplyHeader(into, 0, header)
                .putDrop(drop.bytes(), 0, drop.length())
                .limit();
    }

    public int archiveDrop(final MutableDirectBuffer into, final Text drop) {
        return archiveDrop
                .wrapAndApplyHeader(into, 0, header)
                .putDrop(drop.bytes(), 0, drop.length())
                .limit();
    }

    public int adjustStock(
            final MutableDirectBuffer into, final Text drop, final StockRequest request, final Text key) {
        return adjustStock
                .wrapAndApplyHeader(into, 0, header)
                .delta(request.delta())
                .putDrop(drop.bytes(), 0, drop.length())
                .putSku(request.sku().bytes(), 0, request.sku().length())
                .putKey(key.bytes(), 0, key.length())
                .limit();
    }
}
