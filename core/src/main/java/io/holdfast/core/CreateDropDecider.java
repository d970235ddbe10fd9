package io.holdfast.core;

import io.holdfast.core.message.CreateDropDecoder;
import io.holdfast.core.message.DropCreatedEncoder;
import io.holdfast.core.message.DropStatus;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.RejectReason;
import io.holdfast.core.store.Bytes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Decides whether a drop is created. Rare, so it may allocate. */
final class CreateDropDecider {
    private final Turn turn;
    private final State state;
    private final Refusals refusals;
    private final MessageHeaderDecoder header;
    private final CreateDropDecoder create = new CreateDropDecoder();
    private final DropCreatedEncoder created = new DropCreatedEncoder();

    CreateDropDecider(final Turn turn, final Refusals refusals, final MessageHeaderDecoder header) {
        this.turn = turn;
        this.state = turn.state;
        this.refusals = refusals;
        this.header = header;
    }

    void create(final DirectBuffer command, final int offset) {
        final Definition wanted = read(command, offset);
        final Drop drop = state.drops.find(wanted.id, 0, wanted.id.capacity());
        if (drop != null && isSame(drop, wanted)) {
            refusals.repeat(drop.createdSequence, RejectReason.NONE);
            turn.answerDrop(drop, true);
        } else if (drop != null
                || state.drops
                        .archivedNames()
                        .contains(wanted.id.getStringWithoutLengthAscii(0, wanted.id.capacity()))) {
            refusals.refuse(RejectReason.DROP_EXISTS);
        } else if (wanted.skus.length > state.rules.skusPerDropMax()
                || state.drops.inOrder().size() >= state.rules.dropsMax()
                || state.drops.namesTaken() >= state.rules.dropNamesMax()) {
            refusals.refuse(RejectReason.TOO_MANY);
        } else if (!wanted.isValid()) {
            refusals.refuse(RejectReason.INVALID_REQUEST);
        } else {
            emit(wanted);
            turn.answerDrop(state.drops.find(wanted.id, 0, wanted.id.capacity()), false);
        }
    }

    private Definition read(final DirectBuffer command, final int offset) {
        create.wrapAndApplyHeader(command, offset, header);
        final Definition wanted = new Definition(create.skus().count());
        wanted.times.opensAtMs = create.opensAtMs();
        wanted.times.closesAtMs = create.closesAtMs();
        wanted.times.holdSeconds = create.holdSeconds();
        wanted.times.paymentGraceSeconds = create.paymentGraceSeconds();
        wanted.times.maxHoldSeconds = create.maxHoldSeconds();
        wanted.times.maxPerBuyer = create.maxPerBuyer();
        create.getCurrency(wanted.currency, 0);
        create.sbeRewind();
        final CreateDropDecoder.SkusDecoder each = create.skus();
        for (int i = 0; i < wanted.skus.length; i++) {
            each.next();
            wanted.times.capacity[i] = each.capacity();
            wanted.priceMinor[i] = each.priceMinor();
            final byte[] sku = new byte[each.skuLength()];
            each.getSku(sku, 0, sku.length);
            wanted.skus[i] = new UnsafeBuffer(sku);
        }
        final byte[] id = new byte[create.dropLength()];
        create.getDrop(id, 0, id.length);
        final byte[] title = new byte[create.nameLength()];
        create.getName(title, 0, title.length);
        wanted.id = new UnsafeBuffer(id);
        wanted.title = new UnsafeBuffer(title);
        return wanted;
    }

    private static boolean isSame(final Drop drop, final Definition wanted) {
        final Drop.Definition was = drop.definition;
        final Drop.Definition is = wanted.times;
        if (was.opensAtMs != is.opensAtMs
                || was.closesAtMs != is.closesAtMs
                || was.holdSeconds != is.holdSeconds
                || was.paymentGraceSeconds != is.paymentGraceSeconds
                || was.maxHoldSeconds != is.maxHoldSeconds
                || was.maxPerBuyer != is.maxPerBuyer
                || !Arrays.equals(was.capacity, is.capacity)
                || !Arrays.equals(drop.priceMinor, wanted.priceMinor)
                || !Arrays.equals(drop.currency, wanted.currency)
                || !equal(drop.title, wanted.title)) {
            return false;
        }
        for (int i = 0; i < drop.skus.length; i++) {
            if (!equal(drop.skus[i], wanted.skus[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean equal(final UnsafeBuffer a, final UnsafeBuffer b) {
        return a.capacity() == b.capacity() && Bytes.equal(a, 0, b, 0, a.capacity());
    }

    private void emit(final Definition wanted) {
        final Drop.Definition times = wanted.times;
        created.wrapAndApplyHeader(turn.buffer(), turn.at(), turn.header)
                .opensAtMs(times.opensAtMs)
                .closesAtMs(times.closesAtMs)
                .dropNumber(state.nextDropNumber)
                .holdSeconds(times.holdSeconds)
                .paymentGraceSeconds(times.paymentGraceSeconds)
                .maxHoldSeconds(times.maxHoldSeconds)
                .maxPerBuyer(times.maxPerBuyer)
                .status(statusAtCreation(times))
                .putCurrency(wanted.currency, 0);
        final DropCreatedEncoder.SkusEncoder each = created.skusCount(wanted.skus.length);
        for (int i = 0; i < wanted.skus.length; i++) {
            each.next()
                    .capacity(times.capacity[i])
                    .priceMinor(wanted.priceMinor[i])
                    .putSku(wanted.skus[i], 0, wanted.skus[i].capacity());
        }
        created.putDrop(wanted.id, 0, wanted.id.capacity()).putName(wanted.title, 0, wanted.title.capacity());
        turn.emit(created.limit());
    }

    /** A time that has passed has fired: the drop begins as what it would have become. */
    private DropStatus statusAtCreation(final Drop.Definition times) {
        if (times.closesAtMs != Drop.NO_TIME && times.closesAtMs <= turn.timeMs()) {
            return DropStatus.CLOSED;
        }
        return times.opensAtMs != Drop.NO_TIME && times.opensAtMs > turn.timeMs()
                ? DropStatus.SCHEDULED
                : DropStatus.OPEN;
    }

    /** A {@code CreateDrop} taken apart. */
    private static final class Definition {
        private final Drop.Definition times = new Drop.Definition();
        private final byte[] currency = new byte[3];
        private final long[] priceMinor;
        private final UnsafeBuffer[] skus;
        private UnsafeBuffer id;
        private UnsafeBuffer title;

        Definition(final int skuCount) {
            priceMinor = new long[skuCount];
            skus = new UnsafeBuffer[skuCount];
            times.capacity = new int[skuCount];
        }

        boolean isValid() {
            return isWithin(times.holdSeconds, 1, times.maxHoldSeconds)
                    && isWithin(times.maxHoldSeconds, 1, Limits.HOLD_SECONDS_MAX)
                    && isWithin(times.paymentGraceSeconds, 0, Limits.PAYMENT_GRACE_SECONDS_MAX)
                    && times.maxPerBuyer >= 0
                    && isName(id)
                    && title.capacity() <= Limits.DROP_TITLE_BYTES_MAX
                    && (times.closesAtMs == Drop.NO_TIME
                            || times.opensAtMs == Drop.NO_TIME
                            || times.closesAtMs > times.opensAtMs)
                    && areSkusValid();
        }

        private boolean areSkusValid() {
            final boolean isPriced = currency[0] != 0;
            final Set<UnsafeBuffer> names = new HashSet<>();
            for (int i = 0; i < skus.length; i++) {
                if (!isName(skus[i])
                        || !isWithin(times.capacity[i], 0, Limits.CAPACITY_MAX)
                        || (priceMinor[i] != Drop.NO_PRICE) != isPriced
                        || (isPriced && (priceMinor[i] < 0 || priceMinor[i] > Limits.PRICE_MINOR_MAX))
                        || !names.add(skus[i])) {
                    return false;
                }
            }
            return skus.length > 0;
        }

        private static boolean isName(final UnsafeBuffer name) {
            return isWithin(name.capacity(), 1, Limits.NAME_LENGTH_MAX)
                    && Bytes.isVisibleAscii(name, 0, name.capacity());
        }

        private static boolean isWithin(final int value, final int min, final int max) {
            return value >= min && value <= max;
        }
    }
}
