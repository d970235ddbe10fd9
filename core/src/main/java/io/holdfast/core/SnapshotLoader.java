package io.holdfast.core;

import io.holdfast.core.message.BooleanType;
import io.holdfast.core.message.DropImageDecoder;
import io.holdfast.core.message.HoldStatus;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.SnapshotAdjustmentDecoder;
import io.holdfast.core.message.SnapshotArchivedImageDecoder;
import io.holdfast.core.message.SnapshotArchivedNameDecoder;
import io.holdfast.core.message.SnapshotBeginDecoder;
import io.holdfast.core.message.SnapshotDropDecoder;
import io.holdfast.core.message.SnapshotEndDecoder;
import io.holdfast.core.message.SnapshotHoldDecoder;
import io.holdfast.core.message.SnapshotPaymentDecoder;
import io.holdfast.core.message.SnapshotRefusalDecoder;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Rebuilds an empty state from the entries of a snapshot, in the order in which they were written. Whatever the snapshot
 * holds is taken, be it above a maximum that was lowered: only events make the state forget.
 */
final class SnapshotLoader {
    private static final int FINISHED_INITIAL = 64;

    private final State state;
    private final HoldApplier holds;
    private final BuyerLinks links;
    private final StateHash hash = new StateHash();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SnapshotBeginDecoder begin = new SnapshotBeginDecoder();
    private final SnapshotArchivedNameDecoder archivedName = new SnapshotArchivedNameDecoder();
    private final SnapshotArchivedImageDecoder archivedImage = new SnapshotArchivedImageDecoder();
    private final SnapshotDropDecoder drop = new SnapshotDropDecoder();
    private final DropImageDecoder image = new DropImageDecoder();
    private final SnapshotAdjustmentDecoder adjustment = new SnapshotAdjustmentDecoder();
    private final SnapshotHoldDecoder hold = new SnapshotHoldDecoder();
    private final SnapshotRefusalDecoder refusal = new SnapshotRefusalDecoder();
    private final SnapshotPaymentDecoder payment = new SnapshotPaymentDecoder();
    private final SnapshotEndDecoder end = new SnapshotEndDecoder();

    /** The drop whose entries are being read, and its finished holds by their number, to be listed at its end. */
    private Drop current;

    private long[] finishNumbers = new long[FINISHED_INITIAL];
    private int[] finishedHolds = new int[FINISHED_INITIAL];
    private int finishedCount;

    private long entryCount;
    private boolean isComplete;

    SnapshotLoader(final State state, final HoldApplier holds) {
        this.state = state;
        this.holds = holds;
        this.links = new BuyerLinks(state.holds, state.buyers);
    }

    /** Whether the last entry was read and agreed with all before it. */
    boolean isComplete() {
        return isComplete;
    }

    void entry(final DirectBuffer buffer, final int offset, final int length) {
        final int template = header.wrap(buffer, offset).templateId();
        if (isComplete || (entryCount == 0) != (template == SnapshotBeginDecoder.TEMPLATE_ID)) {
            throw new IllegalArgumentException("snapshot entry of kind " + template + " out of place");
        }
        switch (template) {
            case SnapshotBeginDecoder.TEMPLATE_ID -> loadBegin(buffer, offset);
            case SnapshotArchivedNameDecoder.TEMPLATE_ID ->
                state.drops
                        .archivedNames()
                        .add(archivedName
                                .wrapAndApplyHeader(buffer, offset, header)
                                .drop());
            case SnapshotArchivedImageDecoder.TEMPLATE_ID -> loadArchivedImage(buffer, offset);
            case SnapshotDropDecoder.TEMPLATE_ID -> loadDrop(buffer, offset);
            case SnapshotAdjustmentDecoder.TEMPLATE_ID -> loadAdjustment(buffer, offset);
            case SnapshotHoldDecoder.TEMPLATE_ID -> loadHold(buffer, offset);
            case SnapshotRefusalDecoder.TEMPLATE_ID -> loadRefusal(buffer, offset);
            case SnapshotPaymentDecoder.TEMPLATE_ID -> loadPayment(buffer, offset);
            case SnapshotEndDecoder.TEMPLATE_ID -> {
                loadEnd(buffer, offset);
                return;
            }
            default ->
                throw new IllegalArgumentException(
                        "snapshot entry of unknown kind " + template + ": use a newer build");
        }
        hash.update(buffer, offset, length);
        entryCount++;
    }

    private void loadBegin(final DirectBuffer buffer, final int offset) {
        state.holds.beginBulk();
        state.keys.beginBulk();
        state.payments.beginBulk();
        begin.wrapAndApplyHeader(buffer, offset, header);
        state.sequence = begin.sequence();
        state.timeMs = begin.timeMs();
        state.epoch = begin.epoch();
        state.startedAtMs = begin.startedAtMs();
        state.nextDropNumber = begin.nextDropNumber();
        state.rules = new Rules(
                begin.rulesVersion(),
                begin.liveHoldsMax(),
                begin.finishedHoldsPerDropMax(),
                begin.rememberedRefusalsPerDropMax(),
                begin.rememberedAdjustmentsPerDropMax(),
                begin.paymentsMax(),
                begin.dropsMax(),
                begin.dropNamesMax(),
                begin.skusPerDropMax());
    }

    private void loadArchivedImage(final DirectBuffer buffer, final int offset) {
        archivedImage.wrapAndApplyHeader(buffer, offset, header);
        final byte[] bytes = new byte[archivedImage.imageLength()];
        archivedImage.getImage(bytes, 0, bytes.length);
        image.wrapAndApplyHeader(new UnsafeBuffer(bytes), 0, header);
        for (final DropImageDecoder.SkusDecoder each = image.skus(); each.hasNext(); ) {
            each.next().skipSku();
        }
        state.drops.archivedImages().put(image.drop(), bytes);
    }

    private void loadDrop(final DirectBuffer buffer, final int offset) {
        endDrop();
        drop.wrapAndApplyHeader(buffer, offset, header);
        final long createdSequence = drop.createdSequence();
        final long finishCount = drop.finishCount();
        final boolean wasSoldOut = drop.wasSoldOut() == BooleanType.TRUE;
        final Drop.Definition definition = new Drop.Definition();
        final SnapshotDropDecoder.DefinedSkusDecoder defined = drop.definedSkus();
        definition.capacity = new int[defined.count()];
        for (int i = 0; i < definition.capacity.length; i++) {
            definition.capacity[i] = defined.next().capacity();
        }
        current = dropOf(createdSequence, definition, buffer, drop.limit() + Integer.BYTES);
        current.finishCount = finishCount;
        current.wasSoldOut = wasSoldOut;
        state.drops.add(current);
        state.due.setTimer(current);
    }

    private Drop dropOf(
            final long createdSequence,
            final Drop.Definition definition,
            final DirectBuffer buffer,
            final int imageOffset) {
        image.wrapAndApplyHeader(buffer, imageOffset, header);
        definition.opensAtMs = image.opensAtMs();
        definition.closesAtMs = image.closesAtMs();
        definition.holdSeconds = image.holdSeconds();
        definition.paymentGraceSeconds = image.paymentGraceSeconds();
        definition.maxHoldSeconds = image.maxHoldSeconds();
        definition.maxPerBuyer = image.maxPerBuyer();
        final byte[] currency = {image.currency(0), image.currency(1), image.currency(2)};
        final UnsafeBuffer[] skus = new UnsafeBuffer[definition.capacity.length];
        final DropImageDecoder.SkusDecoder each = image.skus();
        for (int i = 0; i < skus.length; i++) {
            each.next();
            skus[i] = bytes(each.skuLength());
            each.getSku(skus[i], 0, skus[i].capacity());
        }
        final UnsafeBuffer id = bytes(image.dropLength());
        image.getDrop(id, 0, id.capacity());
        final UnsafeBuffer title = bytes(image.nameLength());
        image.getName(title, 0, title.capacity());
        final Drop loaded = new Drop(
                image.dropNumber(), createdSequence, new UnsafeBuffer[] {id, title}, currency, definition, skus);
        loaded.status = image.status();
        loaded.changedSequence = image.sequence();
        loadStock(loaded);
        return loaded;
    }

    private void loadStock(final Drop loaded) {
        image.sbeRewind();
        final DropImageDecoder.SkusDecoder each = image.skus();
        for (int i = 0; i < loaded.skus.length; i++) {
            each.next();
            loaded.capacity[i] = each.capacity();
            loaded.available[i] = each.available();
            loaded.held[i] = each.held();
            loaded.sold[i] = each.sold();
            loaded.priceMinor[i] = each.priceMinor();
            loaded.checkStock(i);
            each.skipSku();
        }
    }

    private static UnsafeBuffer bytes(final int length) {
        return new UnsafeBuffer(new byte[length]);
    }

    private void loadAdjustment(final DirectBuffer buffer, final int offset) {
        adjustment.wrapAndApplyHeader(buffer, offset, header);
        final Drop.Adjustment made =
                new Drop.Adjustment(adjustment.skuIndex(), adjustment.delta(), adjustment.sequence());
        state.drops.get(adjustment.dropNumber()).adjustments.put(adjustment.key(), made);
    }

    private void loadHold(final DirectBuffer buffer, final int offset) {
        hold.wrapAndApplyHeader(buffer, offset, header);
        final long finishNumber = hold.finishNumber();
        final long dueAtMs = hold.dueAtMs();
        final int imageLength = hold.imageLength();
        final int imageOffset = hold.limit() + Integer.BYTES;
        hold.skipImage();
        final int keyLength = hold.keyLength();
        final int keyOffset = hold.limit() + SnapshotHoldDecoder.keyHeaderLength();
        final int loaded = holds.load(links, buffer, imageOffset, imageLength, keyOffset, keyLength);
        if (!state.holds.isHeldOrPaid(loaded)) {
            noteFinished(loaded, finishNumber);
        }
        if (state.holds.status(loaded) == HoldStatus.HELD) {
            if (isExtended(loaded)) {
                state.due.addStray(loaded, dueAtMs);
            } else {
                state.due.add(current, loaded, dueAtMs);
            }
            current.liveHolds++;
            state.liveHolds++;
        }
    }

    private boolean isExtended(final int loaded) {
        return state.holds.expiresAtMs(loaded) - state.holds.createdAtMs(loaded)
                > current.definition.holdSeconds * 1_000L;
    }

    private void noteFinished(final int loaded, final long finishNumber) {
        if (finishedCount == finishedHolds.length) {
            finishedHolds = Arrays.copyOf(finishedHolds, finishedCount * 2);
            finishNumbers = Arrays.copyOf(finishNumbers, finishedCount * 2);
        }
        finishedHolds[finishedCount] = loaded;
        finishNumbers[finishedCount++] = finishNumber;
    }

    private void endDrop() {
        links.flush();
        listFinished();
    }

    /**
     * Holds come by creation; the list of finished ones is by finishing, which their numbers tell. To be sorted, each is
     * packed into one long: its number, counted from the lowest, and its reference.
     */
    private void listFinished() {
        long lowest = Long.MAX_VALUE;
        for (int i = 0; i < finishedCount; i++) {
            lowest = Math.min(lowest, finishNumbers[i]);
        }
        for (int i = 0; i < finishedCount; i++) {
            final int number = Math.toIntExact(finishNumbers[i] - lowest);
            finishNumbers[i] = (long) number << Integer.SIZE | finishedHolds[i] & 0xFFFF_FFFFL;
        }
        Arrays.sort(finishNumbers, 0, finishedCount);
        for (int i = 0; i < finishedCount; i++) {
            holds.remember(current, (int) finishNumbers[i], lowest + (finishNumbers[i] >>> Integer.SIZE));
        }
        finishedCount = 0;
    }

    private void loadRefusal(final DirectBuffer buffer, final int offset) {
        refusal.wrapAndApplyHeader(buffer, offset, header);
        final int length = refusal.refusalLength();
        final int loaded = state.refusals.add(current, buffer, refusal.limit() + Integer.BYTES, length);
        state.refusals.stamp(loaded, refusal.expiresAtMs(), refusal.sequence());
        state.keys.addRefusal(keyHash(loaded), loaded);
    }

    private long keyHash(final int loaded) {
        final RefusalTable refusals = state.refusals;
        final DirectBuffer page = refusals.page(loaded);
        final long buyerHash =
                state.buyers.hash(current.number, page, refusals.buyerOffset(loaded), refusals.buyerLength(loaded));
        return KeyIndex.hash(buyerHash, page, refusals.keyOffset(loaded), refusals.keyLength(loaded));
    }

    private void loadPayment(final DirectBuffer buffer, final int offset) {
        payment.wrapAndApplyHeader(buffer, offset, header);
        final long forgetAtMs = payment.forgetAtMs();
        final int length = payment.imageLength();
        final int loaded = state.payments.add(buffer, payment.limit() + Integer.BYTES, length);
        if (forgetAtMs == PaymentTable.NEVER) {
            state.payments.appendRefundDue(loaded);
        } else {
            state.payments.append(loaded, forgetAtMs);
        }
    }

    private void loadEnd(final DirectBuffer buffer, final int offset) {
        endDrop();
        end.wrapAndApplyHeader(buffer, offset, header);
        if (end.stateHash() != hash.value() || end.entryCount() != entryCount) {
            throw new IllegalArgumentException("snapshot of " + entryCount + " entries and hash "
                    + Long.toHexString(hash.value()) + " ends with " + end.entryCount() + " and "
                    + Long.toHexString(end.stateHash()));
        }
        state.holds.endBulk();
        state.keys.endBulk();
        state.payments.endBulk();
        isComplete = true;
    }
}
