package io.holdfast.core;

import io.holdfast.core.message.BooleanType;
import io.holdfast.core.message.HoldStatus;
import io.holdfast.core.message.MessageHeaderEncoder;
import io.holdfast.core.message.SnapshotAdjustmentEncoder;
import io.holdfast.core.message.SnapshotArchivedImageEncoder;
import io.holdfast.core.message.SnapshotArchivedNameEncoder;
import io.holdfast.core.message.SnapshotBeginEncoder;
import io.holdfast.core.message.SnapshotDropEncoder;
import io.holdfast.core.message.SnapshotEndEncoder;
import io.holdfast.core.message.SnapshotHoldEncoder;
import io.holdfast.core.message.SnapshotPaymentEncoder;
import io.holdfast.core.message.SnapshotRefusalEncoder;
import io.holdfast.core.store.Arena;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Writes the whole state in canonical order: equal states give equal bytes, whatever road led to them.
 *
 * <p>Begin; archived names and images by the order of archiving; then drop by drop by number: the drop, its stock
 * adjustments by age, its holds by creation, its refusals by age; then the payments whose refund is due,
 * by recording, and the others, the next to be forgotten first; end, with the hash of all before it.
 */
final class SnapshotWriter {
    private final State state;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4_096);
    private final DropImages dropImages = new DropImages();
    private final StateHash hash = new StateHash();
    private final SnapshotBeginEncoder begin = new SnapshotBeginEncoder();
    private final SnapshotArchivedNameEncoder archivedName = new SnapshotArchivedNameEncoder();
    private final SnapshotArchivedImageEncoder archivedImage = new SnapshotArchivedImageEncoder();
    private final SnapshotDropEncoder drop = new SnapshotDropEncoder();
    private final SnapshotAdjustmentEncoder adjustment = new SnapshotAdjustmentEncoder();
    private final SnapshotHoldEncoder hold = new SnapshotHoldEncoder();
    private final SnapshotRefusalEncoder refusal = new SnapshotRefusalEncoder();
    private final SnapshotPaymentEncoder payment = new SnapshotPaymentEncoder();
    private final SnapshotEndEncoder end = new SnapshotEndEncoder();

    private MessageSink sink;
    private long entryCount;

    SnapshotWriter(final State state) {
        this.state = state;
    }

    /** Writes every entry to the sink and returns the hash of the state. */
    long write(final MessageSink target) {
        sink = target;
        entryCount = 0;
        hash.reset();
        writeBegin();
        for (final String name : state.drops.archivedNames()) {
            archivedName.wrapAndApplyHeader(buffer, 0, header).drop(name);
            put(archivedName.limit());
        }
        for (final Map.Entry<String, byte[]> each : state.drops.archivedImages().entrySet()) {
            archivedImage.wrapAndApplyHeader(buffer, 0, header).putImage(each.getValue(), 0, each.getValue().length);
            put(archivedImage.limit());
        }
        for (final Drop each : state.drops.inOrder()) {
            writeDrop(each);
            writeAdjustments(each);
            writeHolds(each);
            writeRefusals(each);
        }
        writePayments();
        final long stateHash = hash.value();
        end.wrapAndApplyHeader(buffer, 0, header).stateHash(stateHash).entryCount(entryCount);
        sink.onMessage(buffer, 0, end.limit());
        sink = null;
        return stateHash;
    }

    private void writeBegin() {
        final Rules rules = state.rules;
        begin.wrapAndApplyHeader(buffer, 0, header)
                .sequence(state.sequence)
                .timeMs(state.timeMs)
                .epoch(state.epoch)
                .startedAtMs(state.startedAtMs)
                .nextDropNumber(state.nextDropNumber)
                .rulesVersion(rules.version())
                .liveHoldsMax(rules.liveHoldsMax())
                .finishedHoldsPerDropMax(rules.finishedHoldsPerDropMax())
                .rememberedRefusalsPerDropMax(rules.rememberedRefusalsPerDropMax())
                .rememberedAdjustmentsPerDropMax(rules.rememberedAdjustmentsPerDropMax())
                .paymentsMax(rules.paymentsMax())
                .dropsMax(rules.dropsMax())
                .dropNamesMax(rules.dropNamesMax())
                .skusPerDropMax(rules.skusPerDropMax());
        put(begin.limit());
    }

    private void writeDrop(final Drop each) {
        drop.wrapAndApplyHeader(buffer, 0, header)
                .createdSequence(each.createdSequence)
                .finishCount(each.finishCount)
                .wasSoldOut(each.wasSoldOut ? BooleanType.TRUE : BooleanType.FALSE);
        final SnapshotDropEncoder.DefinedSkusEncoder skus = drop.definedSkusCount(each.skus.length);
        for (final int capacity : each.definition.capacity) {
            skus.next().capacity(capacity);
        }
        final int length = dropImages.encode(each, buffer, Turn.nestedAt(drop.limit()));
        put(Turn.endNested(buffer, drop.limit(), length));
    }

    private void writeAdjustments(final Drop each) {
        for (final Map.Entry<String, Drop.Adjustment> entry : each.adjustments.entrySet()) {
            adjustment
                    .wrapAndApplyHeader(buffer, 0, header)
                    .sequence(entry.getValue().sequence())
                    .dropNumber(each.number)
                    .skuIndex(entry.getValue().skuIndex())
                    .delta(entry.getValue().delta())
                    .key(entry.getKey());
            put(adjustment.limit());
        }
    }

    private void writeHolds(final Drop each) {
        int reference = each.holds.firstAfter(0);
        while (reference != Arena.NONE) {
            final boolean isHeld = state.holds.status(reference) == HoldStatus.HELD;
            hold.wrapAndApplyHeader(buffer, 0, header)
                    .finishNumber(state.holds.finishNumber(reference))
                    .dueAtMs(isHeld ? state.holds.dueAtMs(reference) : 0);
            final int length = state.holds.copyImage(reference, buffer, Turn.nestedAt(hold.limit()));
            hold.limit(Turn.endNested(buffer, hold.limit(), length));
            final DirectBuffer page = state.holds.page(reference);
            hold.putKey(page, state.holds.keyOffset(reference), state.holds.keyLength(reference));
            put(hold.limit());
            reference = each.holds.firstAfter(state.holds.sequence(reference));
        }
    }

    private void writeRefusals(final Drop each) {
        for (int i = each.refusalHead; i != Arena.NONE; i = state.refusals.next(i)) {
            refusal.wrapAndApplyHeader(buffer, 0, header)
                    .sequence(state.refusals.sequence(i))
                    .expiresAtMs(state.refusals.expiresAtMs(i));
            state.refusals.copy(i, buffer, Turn.nestedAt(refusal.limit()));
            put(Turn.endNested(buffer, refusal.limit(), state.refusals.length(i)));
        }
    }

    private void writePayments() {
        for (int i = state.payments.refundDueAfter(0); i != Arena.NONE; ) {
            writePayment(i);
            i = state.payments.refundDueAfter(state.payments.image(i).sequence());
        }
        for (int i = state.payments.head(); i != Arena.NONE; i = state.payments.next(i)) {
            writePayment(i);
        }
    }

    private void writePayment(final int each) {
        payment.wrapAndApplyHeader(buffer, 0, header).forgetAtMs(state.payments.forgetAtMs(each));
        final int length = state.payments.copyImage(each, buffer, Turn.nestedAt(payment.limit()));
        put(Turn.endNested(buffer, payment.limit(), length));
    }

    private void put(final int length) {
        hash.update(buffer, 0, length);
        entryCount++;
        sink.onMessage(buffer, 0, length);
    }
}
