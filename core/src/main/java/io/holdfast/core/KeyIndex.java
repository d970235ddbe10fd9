package io.holdfast.core;

import io.holdfast.core.store.Arena;
import io.holdfast.core.store.Bytes;
import io.holdfast.core.store.RefIndex;
import org.agrona.DirectBuffer;

/** Idempotency keys of presses of Buy, by drop, buyer and key: each leads to the hold or the refusal that it got. */
final class KeyIndex extends RefIndex {
    private final Arena arena;
    private final HoldTable holds;
    private final BuyerTable buyers;
    private final RefusalTable refusals;

    /** What {@link #matches} compares with, for the span of one probe. */
    private int wantedDrop;

    private DirectBuffer wanted;
    private int wantedBuyerOffset;
    private int wantedBuyerLength;
    private int wantedKeyOffset;
    private int wantedKeyLength;

    KeyIndex(final Arena arena, final HoldTable holds, final BuyerTable buyers, final RefusalTable refusals) {
        super(arena);
        this.arena = arena;
        this.holds = holds;
        this.buyers = buyers;
        this.refusals = refusals;
    }

    /** The hash of a buyer's key, given that of the buyer's name, which differs from drop to drop. */
    static long hash(final long buyerHash, final DirectBuffer key, final int offset, final int length) {
        return Bytes.hash(buyerHash, key, offset, length);
    }

    /** The record of the key, or {@link Arena#NONE}; buyer and key stand in the same buffer. */
    int find(
            final long hash,
            final int drop,
            final DirectBuffer buffer,
            final int buyerOffset,
            final int buyerLength,
            final int keyOffset,
            final int keyLength) {
        wantedDrop = drop;
        wanted = buffer;
        wantedBuyerOffset = buyerOffset;
        wantedBuyerLength = buyerLength;
        wantedKeyOffset = keyOffset;
        wantedKeyLength = keyLength;
        return find(hash);
    }

    @Override
    protected boolean matches(final int reference) {
        if (isHold(reference)) {
            return holds.dropNumber(reference) == wantedDrop
                    && isKey(holds.page(reference), holds.keyOffset(reference), holds.keyLength(reference))
                    && buyers.isNamed(holds.buyer(reference), wanted, wantedBuyerOffset, wantedBuyerLength);
        }
        return refusals.drop(reference) == wantedDrop
                && isKey(refusals.page(reference), refusals.keyOffset(reference), refusals.keyLength(reference))
                && refusals.buyerLength(reference) == wantedBuyerLength
                && Bytes.equal(
                        refusals.page(reference),
                        refusals.buyerOffset(reference),
                        wanted,
                        wantedBuyerOffset,
                        wantedBuyerLength);
    }

    private boolean isKey(final DirectBuffer buffer, final int offset, final int length) {
        return length == wantedKeyLength && Bytes.equal(buffer, offset, wanted, wantedKeyOffset, length);
    }

    boolean isHold(final int reference) {
        return arena.getInt(reference, RecordKind.OFFSET) == RecordKind.HOLD;
    }

    void addHold(final long hash, final int hold) {
        holds.keyHash(hold, hash);
        insert(hash, hold);
    }

    void removeHold(final int hold) {
        delete(holds.keyHash(hold), hold);
    }

    void addRefusal(final long hash, final int refusal) {
        refusals.keyHash(refusal, hash);
        insert(hash, refusal);
    }

    void removeRefusal(final int refusal) {
        delete(refusals.keyHash(refusal), refusal);
    }
}
