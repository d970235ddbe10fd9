package io.holdfast.core;

import io.holdfast.core.message.CommandRejectedDecoder;
import io.holdfast.core.message.HoldExpiredDecoder;
import io.holdfast.core.message.HoldExtendedDecoder;
import io.holdfast.core.message.HoldImageDecoder;
import io.holdfast.core.message.HoldPlacedDecoder;
import io.holdfast.core.message.HoldReleasedDecoder;
import io.holdfast.core.message.HoldStatus;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.store.Arena;
import org.agrona.DirectBuffer;

/** Applies what becomes of holds: stock, lists, indexes and memories move together here. */
final class HoldApplier {
    /** Length prefix of a nested message. */
    private static final int PREFIX = Integer.BYTES;

    private final State state;
    private final HoldTable holds;
    private final PressLookup press;
    private final MessageHeaderDecoder header;
    private final HoldPlacedDecoder placed = new HoldPlacedDecoder();
    private final HoldExtendedDecoder extended = new HoldExtendedDecoder();
    private final HoldReleasedDecoder released = new HoldReleasedDecoder();
    private final HoldExpiredDecoder expired = new HoldExpiredDecoder();
    private final CommandRejectedDecoder rejected = new CommandRejectedDecoder();
    private final HoldImageDecoder image = new HoldImageDecoder();
    private final HoldItems items = new HoldItems();

    /** Where the buyer's name stands in what {@link #readNames} read last. */
    private int buyerOffset;

    private int buyerLength;

    HoldApplier(final State state, final MessageHeaderDecoder header) {
        this.state = state;
        this.holds = state.holds;
        this.press = state.press;
        this.header = header;
    }

    void placed(final DirectBuffer event, final int offset) {
        placed.wrapAndApplyHeader(event, offset, header);
        final int imageLength = placed.imageLength();
        final int imageOffset = placed.limit() + PREFIX;
        placed.skipImage();
        final int keyLength = placed.keyLength();
        final int keyOffset = placed.limit() + HoldPlacedDecoder.keyHeaderLength();

        final int hold = enter(event, imageOffset, imageLength, keyOffset, keyLength);
        final Drop drop = state.dropOf(hold);
        state.buyers.addUnits(holds.buyer(hold), items.units());
        move(drop, drop.available, drop.held);
        state.due.add(drop, hold, holds.expiresAtMs(hold) + drop.definition.paymentGraceSeconds * 1_000L);
        drop.liveHolds++;
        state.liveHolds++;
    }

    /**
     * Makes a record of an image and its key, and enters it into the indexes and into its buyer's and its drop's lists.
     * Leaves the hold's items in {@link #items}; stock, units and what is due are the caller's.
     */
    int enter(
            final DirectBuffer source,
            final int imageOffset,
            final int imageLength,
            final int keyOffset,
            final int keyLength) {
        readNames(source, imageOffset);
        if (!press.isOf(state.sequence)) {
            press.begin(state.sequence, image.dropNumber());
            press.names(source, buyerOffset, buyerLength, keyOffset, keyLength);
            press.findHold(HoldTable.idMost(source, imageOffset), HoldTable.idLeast(source, imageOffset));
            press.findKey();
        }
        if (press.hold() != Arena.NONE) {
            makeWay(HoldTable.idMost(source, imageOffset), HoldTable.idLeast(source, imageOffset));
        }
        final Drop drop = state.drops.get(image.dropNumber());
        forgetRefusal(drop, press.known());
        final int hold =
                add(drop, press.holdHash(), source, imageOffset, imageLength, keyOffset, keyLength, press.keyHash());
        state.latestHold = hold;
        state.buyers.link(press.buyerOrNew(), hold);
        return hold;
    }

    /**
     * The same for a hold of a snapshot, while the indexes are filled in bulk: nothing was there before it. Its buyer is left
     * to the links.
     */
    int load(
            final BuyerLinks links,
            final DirectBuffer source,
            final int imageOffset,
            final int imageLength,
            final int keyOffset,
            final int keyLength) {
        readNames(source, imageOffset);
        final Drop drop = state.drops.get(image.dropNumber());
        final long hash = holds.hash(HoldTable.idMost(source, imageOffset), HoldTable.idLeast(source, imageOffset));
        final long buyerHash = state.buyers.hash(drop.number, source, buyerOffset, buyerLength);
        final long keyHash = KeyIndex.hash(buyerHash, source, keyOffset, keyLength);
        final int hold = add(drop, hash, source, imageOffset, imageLength, keyOffset, keyLength, keyHash);
        final int units = holds.isHeldOrPaid(hold) ? items.units() : 0;
        links.add(buyerHash, hold, buyerOffset - imageOffset, buyerLength, units);
        return hold;
    }

    /** Reads an image's items, and where its buyer's name stands. */
    private void readNames(final DirectBuffer source, final int imageOffset) {
        image.wrapAndApplyHeader(source, imageOffset, header);
        items.read(image);
        image.skipDrop();
        buyerLength = image.buyerLength();
        buyerOffset = image.limit() + HoldImageDecoder.buyerHeaderLength();
    }

    private int add(
            final Drop drop,
            final long hash,
            final DirectBuffer source,
            final int imageOffset,
            final int imageLength,
            final int keyOffset,
            final int keyLength,
            final long keyHash) {
        final int hold = holds.add(hash, source, imageOffset, imageLength, keyOffset, keyLength);
        drop.holds.append(image.sequence(), hold);
        if (keyLength > 0) {
            state.keys.addHold(keyHash, hold);
        }
        return hold;
    }

    /** An id is free when no hold has it; one of an archived drop, not freed yet, is freed now. */
    private void makeWay(final long most, final long least) {
        final int hold = holds.find(most, least);
        if (hold == Arena.NONE) {
            return;
        }
        final Drop archived = state.drops.findReclaimable(holds.dropNumber(hold));
        if (archived == null) {
            throw new InvariantViolation("record " + state.sequence + " places a hold that exists already");
        }
        forget(archived, hold);
    }

    void extended(final DirectBuffer event, final int offset) {
        extended.wrapAndApplyHeader(event, offset, header);
        final int imageOffset = extended.limit() + PREFIX;
        final int hold = require(event, imageOffset);
        final Drop drop = touch(hold);
        final long expiresAtMs = HoldTable.expiresAtMs(event, imageOffset);
        final long dueAtMs = expiresAtMs + drop.definition.paymentGraceSeconds * 1_000L;
        holds.expiresAtMs(hold, expiresAtMs);
        state.due.reschedule(drop, hold, Math.max(dueAtMs, holds.dueAtMs(hold)));
    }

    void released(final DirectBuffer event, final int offset) {
        released.wrapAndApplyHeader(event, offset, header);
        finish(require(event, released.limit() + PREFIX), HoldStatus.RELEASED);
    }

    void expired(final DirectBuffer event, final int offset) {
        expired.wrapAndApplyHeader(event, offset, header);
        finish(require(event, expired.limit() + PREFIX), HoldStatus.EXPIRED);
    }

    private void finish(final int hold, final HoldStatus status) {
        final Drop drop = touch(hold);
        items.read(holds.image(hold));
        endLife(drop, hold);
        move(drop, drop.held, drop.available);
        state.buyers.addUnits(holds.buyer(hold), -items.units());
        holds.status(hold, status);
        remember(drop, hold, ++drop.finishCount);
        forgetOldFinished(drop);
    }

    /** Two at most for each that comes in, and never that one: the maximum is 1 or more. */
    private void forgetOldFinished(final Drop drop) {
        for (int i = 0; i < 2 && drop.finishedCount > state.rules.finishedHoldsPerDropMax(); i++) {
            final int oldest = drop.finishedHead;
            unlinkFinished(drop, oldest);
            forget(drop, oldest);
        }
    }

    /** Sells a hold, from stock that it holds or, when it had ended, from stock that is free again. */
    void sell(final DirectBuffer event, final int imageOffset) {
        final int hold = require(event, imageOffset);
        final Drop drop = touch(hold);
        items.read(holds.image(hold));
        if (holds.status(hold) == HoldStatus.HELD) {
            endLife(drop, hold);
            move(drop, drop.held, drop.sold);
        } else if (holds.status(hold) != HoldStatus.PAID) {
            unlinkFinished(drop, hold);
            holds.finishNumber(hold, 0);
            move(drop, drop.available, drop.sold);
            state.buyers.addUnits(holds.buyer(hold), items.units());
        } else {
            throw new InvariantViolation("a paid hold was paid again by record " + state.sequence);
        }
        holds.status(hold, HoldStatus.PAID);
    }

    private void endLife(final Drop drop, final int hold) {
        if (holds.status(hold) != HoldStatus.HELD) {
            throw new InvariantViolation("record " + state.sequence + " ends a hold that is not held");
        }
        state.due.remove(drop, hold);
        drop.liveHolds--;
        state.liveHolds--;
    }

    /** Puts a hold at the end of its drop's finished ones. */
    void remember(final Drop drop, final int hold, final long finishNumber) {
        holds.finishNumber(hold, finishNumber);
        holds.next(hold, Arena.NONE);
        holds.prev(hold, drop.finishedTail);
        if (drop.finishedTail == Arena.NONE) {
            drop.finishedHead = hold;
        } else {
            holds.next(drop.finishedTail, hold);
        }
        drop.finishedTail = hold;
        drop.finishedCount++;
    }

    private void unlinkFinished(final Drop drop, final int hold) {
        final int prev = holds.prev(hold);
        final int next = holds.next(hold);
        if (prev == Arena.NONE) {
            drop.finishedHead = next;
        } else {
            holds.next(prev, next);
        }
        if (next == Arena.NONE) {
            drop.finishedTail = prev;
        } else {
            holds.prev(next, prev);
        }
        drop.finishedCount--;
    }

    /** Takes a hold out of memory; it is in no due or finished list any more, or its drop is gone. */
    void forget(final Drop drop, final int hold) {
        if (holds.keyLength(hold) > 0) {
            state.keys.removeHold(hold);
        }
        state.buyers.unlink(hold);
        drop.holds.remove(holds.sequence(hold));
        holds.remove(hold);
    }

    /** Remembers a refusal that bears a key; one without is journaled and forgotten. */
    void rejected(final DirectBuffer event, final int offset, final int length) {
        rejected.wrapAndApplyHeader(event, offset, header);
        for (final CommandRejectedDecoder.ItemsDecoder each = rejected.items(); each.hasNext(); ) {
            each.next();
        }
        rejected.skipSku();
        buyerLength = rejected.buyerLength();
        buyerOffset = rejected.limit() + CommandRejectedDecoder.buyerHeaderLength();
        rejected.skipBuyer();
        final int keyLength = rejected.keyLength();
        if (keyLength == 0) {
            return;
        }
        final int keyOffset = rejected.limit() + CommandRejectedDecoder.keyHeaderLength();
        final Drop drop = state.drops.get(rejected.dropNumber());
        if (!press.isOf(state.sequence)) {
            press.begin(state.sequence, drop.number);
            press.names(event, buyerOffset, buyerLength, keyOffset, keyLength);
            press.findKey();
        }
        forgetRefusal(drop, press.known());
        final int refusal = state.refusals.add(drop, event, offset, length);
        state.refusals.stamp(refusal, state.timeMs + Limits.REFUSAL_MEMORY_MS, state.sequence);
        state.keys.addRefusal(press.keyHash(), refusal);
        forgetOldRefusals(drop);
    }

    /** A remembered refusal whose minute is over makes room for what its key gets now. */
    private void forgetRefusal(final Drop drop, final int known) {
        if (known == Arena.NONE) {
            return;
        }
        if (state.keys.isHold(known)) {
            throw new InvariantViolation("record " + state.sequence + " answers a granted key anew");
        }
        removeRefusal(drop, known);
    }

    /** Two at most for each that comes in: the memory shrinks, and no command pays for a thousand. */
    private void forgetOldRefusals(final Drop drop) {
        for (int i = 0; i < 2 && drop.refusalHead != Arena.NONE; i++) {
            if (drop.refusalCount <= state.rules.rememberedRefusalsPerDropMax()
                    && state.refusals.expiresAtMs(drop.refusalHead) > state.timeMs) {
                return;
            }
            removeRefusal(drop, drop.refusalHead);
        }
    }

    void removeRefusal(final Drop drop, final int refusal) {
        state.keys.removeRefusal(refusal);
        state.refusals.remove(drop, refusal);
    }

    private int require(final DirectBuffer event, final int imageOffset) {
        final long most = HoldTable.idMost(event, imageOffset);
        final long least = HoldTable.idLeast(event, imageOffset);
        final int hold = state.findHold(most, least);
        if (hold == Arena.NONE) {
            throw new InvariantViolation("record " + state.sequence + " is about an unknown hold");
        }
        return hold;
    }

    private Drop touch(final int hold) {
        final Drop drop = state.dropOf(hold);
        drop.changedSequence = state.sequence;
        return drop;
    }

    /** Moves the units of {@link #items} from one count to another and checks what came of it. */
    private void move(final Drop drop, final int[] from, final int[] to) {
        drop.changedSequence = state.sequence;
        for (int i = 0; i < items.count; i++) {
            final int sku = items.skuIndex[i];
            from[sku] -= items.quantity[i];
            to[sku] += items.quantity[i];
            drop.checkStock(sku);
        }
    }
}
