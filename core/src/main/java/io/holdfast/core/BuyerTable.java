package io.holdfast.core;

import io.holdfast.core.store.Arena;
import io.holdfast.core.store.Bytes;
import io.holdfast.core.store.RefIndex;
import org.agrona.DirectBuffer;

/**
 * The buyers of each drop that have holds remembered, by drop and name.
 *
 * <pre>
 *    0 head, tail    int, int   the buyer's holds by creation
 *    8 units         long       units held and sold: what maxPerBuyer bounds
 *   16 holds         int        holds in the list; the record goes with the last
 *   20 drop          int
 *   24 nameLength    int
 *   28 name
 * </pre>
 */
final class BuyerTable extends RefIndex {
    private static final int HEAD = 0;
    private static final int TAIL = 4;
    private static final int UNITS = 8;
    private static final int HOLDS = 16;
    private static final int DROP = 20;
    private static final int NAME_LENGTH = 24;
    private static final int NAME = 28;

    private final Arena arena;
    private final long seed;
    private final HoldTable holds;

    /** What {@link #matches} compares with, for the span of one probe. */
    private int wantedDrop;

    private DirectBuffer wantedName;
    private int wantedOffset;
    private int wantedLength;

    BuyerTable(final Arena arena, final long seed, final HoldTable holds) {
        super(arena);
        this.arena = arena;
        this.seed = seed;
        this.holds = holds;
    }

    int find(final int drop, final DirectBuffer name, final int offset, final int length) {
        return find(hash(drop, name, offset, length), drop, name, offset, length);
    }

    long hash(final int drop, final DirectBuffer name, final int offset, final int length) {
        return Bytes.hash(seed + drop, name, offset, length);
    }

    int find(final long hash, final int drop, final DirectBuffer name, final int offset, final int length) {
        wantedDrop = drop;
        wantedName = name;
        wantedOffset = offset;
        wantedLength = length;
        return find(hash);
    }

    @Override
    protected boolean matches(final int buyer) {
        return arena.getInt(buyer, DROP) == wantedDrop && isNamed(buyer, wantedName, wantedOffset, wantedLength);
    }

    boolean isNamed(final int buyer, final DirectBuffer name, final int offset, final int length) {
        return arena.getInt(buyer, NAME_LENGTH) == length
                && Bytes.equal(arena.page(buyer), arena.offset(buyer) + NAME, name, offset, length);
    }

    /** Makes the record of a buyer who has none. */
    int add(final long hash, final int drop, final DirectBuffer name, final int offset, final int length) {
        final int buyer = arena.allocate(NAME + length);
        arena.clear(buyer, NAME);
        arena.putInt(buyer, DROP, drop);
        arena.putInt(buyer, NAME_LENGTH, length);
        arena.putBytes(buyer, NAME, name, offset, length);
        insert(hash, buyer);
        return buyer;
    }

    /** Adds a hold at the end of the buyer's list. */
    void link(final int buyer, final int hold) {
        final int tail = arena.getInt(buyer, TAIL);
        holds.buyer(hold, buyer);
        holds.buyerPrev(hold, tail);
        holds.buyerNext(hold, Arena.NONE);
        if (tail == Arena.NONE) {
            arena.putInt(buyer, HEAD, hold);
        } else {
            holds.buyerNext(tail, hold);
        }
        arena.putInt(buyer, TAIL, hold);
        arena.putInt(buyer, HOLDS, arena.getInt(buyer, HOLDS) + 1);
    }

    /** Takes a hold out of its buyer's list, and the buyer with the last one. */
    void unlink(final int hold) {
        final int buyer = holds.buyer(hold);
        final int prev = holds.buyerPrev(hold);
        final int next = holds.buyerNext(hold);
        if (prev == Arena.NONE) {
            arena.putInt(buyer, HEAD, next);
        } else {
            holds.buyerNext(prev, next);
        }
        if (next == Arena.NONE) {
            arena.putInt(buyer, TAIL, prev);
        } else {
            holds.buyerPrev(next, prev);
        }
        final int left = arena.getInt(buyer, HOLDS) - 1;
        arena.putInt(buyer, HOLDS, left);
        if (left == 0) {
            remove(buyer);
        }
    }

    int head(final int buyer) {
        return arena.getInt(buyer, HEAD);
    }

    /** As a long: without a limit a buyer can come to have more than an int counts. */
    long units(final int buyer) {
        return arena.getLong(buyer, UNITS);
    }

    void addUnits(final int buyer, final int delta) {
        final long units = units(buyer) + delta;
        if (units < 0) {
            throw new InvariantViolation("a buyer of drop " + arena.getInt(buyer, DROP) + " has " + units + " units");
        }
        arena.putLong(buyer, UNITS, units);
    }

    private void remove(final int buyer) {
        final int drop = arena.getInt(buyer, DROP);
        final int length = arena.getInt(buyer, NAME_LENGTH);
        delete(hash(drop, arena.page(buyer), arena.offset(buyer) + NAME, length), buyer);
        arena.free(buyer);
    }
}
