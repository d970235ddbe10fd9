package io.holdfast.core;

import io.holdfast.core.store.Arena;
import org.agrona.DirectBuffer;

/**
 * Where one press of Buy stands in the indexes: hashed once and looked up once, for the decision and for the event that
 * comes of it.
 *
 * <p>Whoever decides the command looks; the applier of its event takes what was found, and looks itself when the event
 * comes from a journal. Between the two nothing may change the hold's, the buyer's or the key's record: what is due is
 * emitted before, and an archived drop, whose records may go at any event, has other buyers and other keys. No place in an
 * index is kept, for those move.
 */
final class PressLookup {
    private final HoldTable holds;
    private final BuyerTable buyers;
    private final KeyIndex keys;

    /** The command whose press this is; nothing below is true for another one's. */
    private long sequence = -1;

    private int drop;
    private DirectBuffer names;
    private int buyerOffset;
    private int buyerLength;
    private int keyOffset;
    private int keyLength;
    private long holdHash;
    private long buyerHash;
    private long keyHash;
    private int hold;
    private int known;
    private int buyer;
    private boolean isBuyerSought;

    /** What was looked at ahead; of no meaning. */
    private long glanced;

    PressLookup(final HoldTable holds, final BuyerTable buyers, final KeyIndex keys) {
        this.holds = holds;
        this.buyers = buyers;
        this.keys = keys;
    }

    /** Whether it was filled for that command already. */
    boolean isOf(final long commandSequence) {
        return sequence == commandSequence;
    }

    /** Begins anew. */
    void begin(final long commandSequence, final int dropNumber) {
        sequence = commandSequence;
        drop = dropNumber;
    }

    /** Hashes the names. They must stay where they are until the next press. */
    void names(
            final DirectBuffer source,
            final int buyerAt,
            final int buyerNameLength,
            final int keyAt,
            final int keyNameLength) {
        names = source;
        buyerOffset = buyerAt;
        buyerLength = buyerNameLength;
        keyOffset = keyAt;
        keyLength = keyNameLength;
        isBuyerSought = false;
        buyerHash = buyers.hash(drop, source, buyerAt, buyerNameLength);
        keyHash = KeyIndex.hash(buyerHash, source, keyAt, keyNameLength);
    }

    /**
     * Looks for a hold of that id, of a drop in memory or of an archived one. Key and buyer are looked for next, so the
     * memory that they need is waited for at once.
     */
    void findHold(final long most, final long least) {
        holdHash = holds.hash(most, least);
        glanced = holds.glance(holdHash) ^ buyers.glance(buyerHash) ^ keys.glance(keyHash);
        hold = holds.find(holdHash, most, least);
    }

    /** Looks for the key, if there is one. */
    void findKey() {
        known = keyLength == 0
                ? Arena.NONE
                : keys.find(keyHash, drop, names, buyerOffset, buyerLength, keyOffset, keyLength);
    }

    /** A hold of that id, its drop perhaps archived; {@link Arena#NONE} if there was none. */
    int hold() {
        return hold;
    }

    /** The hold or the refusal that the key got, or {@link Arena#NONE}. */
    int known() {
        return known;
    }

    /** The buyer's record, or {@link Arena#NONE}; looked for when first asked. */
    int buyer() {
        if (!isBuyerSought) {
            isBuyerSought = true;
            buyer = buyers.find(buyerHash, drop, names, buyerOffset, buyerLength);
        }
        return buyer;
    }

    /** The buyer's record, made if there is none. */
    int buyerOrNew() {
        if (buyer() == Arena.NONE) {
            buyer = buyers.add(buyerHash, drop, names, buyerOffset, buyerLength);
        }
        return buyer;
    }

    long holdHash() {
        return holdHash;
    }

    long keyHash() {
        return keyHash;
    }
}
