package io.holdfast.core;

import io.holdfast.core.store.Arena;
import org.agrona.DirectBuffer;

/**
 * Enters the holds of a snapshot into their buyers' lists, in their order but some at a time: their buyers' places in the
 * index are looked at together first, and so waited for at once. Holds the last {@value #COUNT} of one drop at most.
 */
final class BuyerLinks {
    private static final int COUNT = 32;

    private final HoldTable holds;
    private final BuyerTable buyers;

    private final long[] hashes = new long[COUNT];
    private final int[] linked = new int[COUNT];
    private final int[] nameOffsets = new int[COUNT];
    private final int[] nameLengths = new int[COUNT];
    private final int[] units = new int[COUNT];
    private int count;

    /** What was looked at ahead; of no meaning. */
    private long glanced;

    BuyerLinks(final HoldTable holds, final BuyerTable buyers) {
        this.holds = holds;
        this.buyers = buyers;
    }

    /**
     * Takes a hold that is to be linked.
     *
     * @param hash of its drop and its buyer's name
     * @param nameOffset of that name within its image
     * @param buyerUnits what it adds to its buyer's
     */
    void add(final long hash, final int hold, final int nameOffset, final int nameLength, final int buyerUnits) {
        if (count == COUNT) {
            flush();
        }
        hashes[count] = hash;
        linked[count] = hold;
        nameOffsets[count] = nameOffset;
        nameLengths[count] = nameLength;
        units[count++] = buyerUnits;
    }

    /** Links all that were taken. */
    void flush() {
        for (int i = 0; i < count; i++) {
            glanced ^= buyers.glance(hashes[i]);
        }
        for (int i = 0; i < count; i++) {
            final int buyer = findOrAdd(i);
            buyers.link(buyer, linked[i]);
            buyers.addUnits(buyer, units[i]);
        }
        count = 0;
    }

    private int findOrAdd(final int i) {
        final int drop = holds.dropNumber(linked[i]);
        final DirectBuffer page = holds.page(linked[i]);
        final int offset = holds.imageOffset(linked[i]) + nameOffsets[i];
        final int buyer = buyers.find(hashes[i], drop, page, offset, nameLengths[i]);
        return buyer == Arena.NONE ? buyers.add(hashes[i], drop, page, offset, nameLengths[i]) : buyer;
    }
}
