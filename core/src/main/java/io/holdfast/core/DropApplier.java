package io.holdfast.core;

import io.holdfast.core.message.DropArchivedDecoder;
import io.holdfast.core.message.DropClosedDecoder;
import io.holdfast.core.message.DropCreatedDecoder;
import io.holdfast.core.message.DropOpenedDecoder;
import io.holdfast.core.message.DropPausedDecoder;
import io.holdfast.core.message.DropSoldOutDecoder;
import io.holdfast.core.message.DropStatus;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.StockAdjustedDecoder;
import io.holdfast.core.store.Arena;
import java.util.Iterator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Applies what becomes of drops as a whole. */
final class DropApplier {
    /** Records of archived drops that are freed with each event: no archiving stops the sale of another drop. */
    private static final int RECLAIMED_PER_EVENT = 8;

    private final State state;
    private final MessageHeaderDecoder header;
    private final HoldApplier holds;
    private final DropImages images = new DropImages();
    private final DropCreatedDecoder created = new DropCreatedDecoder();
    private final DropOpenedDecoder opened = new DropOpenedDecoder();
    private final DropPausedDecoder paused = new DropPausedDecoder();
    private final DropClosedDecoder closed = new DropClosedDecoder();
    private final DropArchivedDecoder archived = new DropArchivedDecoder();
    private final StockAdjustedDecoder adjusted = new StockAdjustedDecoder();
    private final DropSoldOutDecoder soldOut = new DropSoldOutDecoder();

    DropApplier(final State state, final MessageHeaderDecoder header, final HoldApplier holds) {
        this.state = state;
        this.header = header;
        this.holds = holds;
    }

    void created(final DirectBuffer event, final int offset) {
        created.wrapAndApplyHeader(event, offset, header);
        final Drop.Definition definition = new Drop.Definition();
        definition.opensAtMs = created.opensAtMs();
        definition.closesAtMs = created.closesAtMs();
        definition.holdSeconds = created.holdSeconds();
        definition.paymentGraceSeconds = created.paymentGraceSeconds();
        definition.maxHoldSeconds = created.maxHoldSeconds();
        definition.maxPerBuyer = created.maxPerBuyer();
        final byte[] currency = {created.currency(0), created.currency(1), created.currency(2)};
        final DropStatus status = created.status();
        final int number = created.dropNumber();

        final DropCreatedDecoder.SkusDecoder each = created.skus();
        final UnsafeBuffer[] skus = new UnsafeBuffer[each.count()];
        final long[] prices = new long[skus.length];
        definition.capacity = new int[skus.length];
        for (int i = 0; i < skus.length; i++) {
            each.next();
            definition.capacity[i] = each.capacity();
            prices[i] = each.priceMinor();
            final byte[] sku = new byte[each.skuLength()];
            each.getSku(sku, 0, sku.length);
            skus[i] = new UnsafeBuffer(sku);
        }
        final byte[] id = new byte[created.dropLength()];
        created.getDrop(id, 0, id.length);
        final byte[] title = new byte[created.nameLength()];
        created.getName(title, 0, title.length);

        final UnsafeBuffer[] names = {new UnsafeBuffer(id), new UnsafeBuffer(title)};
        final Drop drop = new Drop(number, state.sequence, names, currency, definition, skus);
        System.arraycopy(prices, 0, drop.priceMinor, 0, prices.length);
        drop.status = status;
        state.nextDropNumber = number + 1;
        state.drops.add(drop);
        state.due.setTimer(drop);
    }

    void opened(final DirectBuffer event, final int offset) {
        become(opened.wrapAndApplyHeader(event, offset, header).dropNumber(), DropStatus.OPEN);
    }

    void paused(final DirectBuffer event, final int offset) {
        become(paused.wrapAndApplyHeader(event, offset, header).dropNumber(), DropStatus.PAUSED);
    }

    void closed(final DirectBuffer event, final int offset) {
        become(closed.wrapAndApplyHeader(event, offset, header).dropNumber(), DropStatus.CLOSED);
    }

    private void become(final int number, final DropStatus status) {
        final Drop drop = require(number);
        drop.status = status;
        state.due.setTimer(drop);
    }

    void archived(final DirectBuffer event, final int offset) {
        final Drop drop =
                require(archived.wrapAndApplyHeader(event, offset, header).dropNumber());
        if (drop.liveHolds != 0 || drop.status != DropStatus.CLOSED) {
            throw new InvariantViolation("record " + state.sequence + " archives a drop that is in use");
        }
        state.drops.archive(drop, images.toBytes(drop), state.rules.dropsMax());
    }

    void stockAdjusted(final DirectBuffer event, final int offset) {
        adjusted.wrapAndApplyHeader(event, offset, header);
        final Drop drop = require(adjusted.dropNumber());
        final int sku = adjusted.skuIndex();
        final int delta = adjusted.delta();
        drop.capacity[sku] += delta;
        drop.available[sku] += delta;
        drop.checkStock(sku);
        adjusted.skipDrop();
        adjusted.skipSku();
        drop.adjustments.put(adjusted.key(), new Drop.Adjustment(sku, delta, state.sequence));
        forgetOldAdjustments(drop);
    }

    void soldOut(final DirectBuffer event, final int offset) {
        final Drop drop =
                require(soldOut.wrapAndApplyHeader(event, offset, header).dropNumber());
        if (drop.wasSoldOut || !drop.isSoldOut()) {
            throw new InvariantViolation("record " + state.sequence + " says that drop " + drop.number
                    + " is sold out, which it " + (drop.wasSoldOut ? "was before" : "is not"));
        }
        drop.wasSoldOut = true;
    }

    /** Two at most for each that comes in, so that the memory shrinks when its maximum does. */
    private void forgetOldAdjustments(final Drop drop) {
        for (int i = 0; i < 2 && drop.adjustments.size() > state.rules.rememberedAdjustmentsPerDropMax(); i++) {
            final Iterator<String> oldest = drop.adjustments.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** Frees a few records of archived drops. */
    void reclaim() {
        final Drop drop = state.drops.toReclaim().peek();
        if (drop == null) {
            return;
        }
        for (int i = 0; i < RECLAIMED_PER_EVENT; i++) {
            final int hold = drop.holds.firstAfter(0);
            if (hold != Arena.NONE) {
                holds.forget(drop, hold);
            } else if (drop.refusalHead != Arena.NONE) {
                holds.removeRefusal(drop, drop.refusalHead);
            } else {
                state.drops.toReclaim().remove();
                return;
            }
        }
    }

    private Drop require(final int number) {
        final Drop drop = state.drops.get(number);
        if (drop == null) {
            throw new InvariantViolation("record " + state.sequence + " is about unknown drop " + number);
        }
        drop.changedSequence = state.sequence;
        return drop;
    }
}
