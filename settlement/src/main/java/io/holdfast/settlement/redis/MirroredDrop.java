package io.holdfast.settlement.redis;

import java.util.Arrays;

/** A drop's stock, counted along with the log, and which of it Redis has yet to hear. */
final class MirroredDrop {
    final int number;
    final String name;
    final long graceMs;
    final String[] skus;
    final int[] available;
    final int[] held;
    final int[] sold;

    private final boolean[] isChanged;

    /** Of the last command that changed the drop, whether its stock or not, as HTTP answers it. */
    private long sequence;

    private boolean isPending;
    private boolean isWhole;

    /** The sweep that last found it right. */
    private byte seen;

    MirroredDrop(final int number, final String name, final long graceMs, final String[] skus) {
        this.number = number;
        this.name = name;
        this.graceMs = graceMs;
        this.skus = skus;
        this.available = new int[skus.length];
        this.held = new int[skus.length];
        this.sold = new int[skus.length];
        this.isChanged = new boolean[skus.length];
    }

    /** Moves units of a SKU from one count to another. */
    void move(final int sku, final int quantity, final int[] from, final int[] to) {
        from[sku] -= quantity;
        to[sku] += quantity;
        isChanged[sku] = true;
    }

    /** Gives units to a SKU, or takes them. */
    void adjust(final int sku, final int delta) {
        available[sku] += delta;
        isChanged[sku] = true;
    }

    /** Notes a command that changed the drop; says whether it was not pending yet. */
    boolean touch(final long changedSequence) {
        sequence = changedSequence;
        final boolean wasPending = isPending;
        isPending = true;
        return !wasPending;
    }

    /** Everything is to be written, whatever Redis has; says whether it was not pending yet. */
    boolean touchWhole() {
        isWhole = true;
        return touch(sequence);
    }

    /** All of it is written now. */
    void written() {
        isPending = false;
        isWhole = false;
        Arrays.fill(isChanged, false);
    }

    boolean isWhole() {
        return isWhole;
    }

    /** Whether a SKU is to be written. */
    boolean isPending(final int sku) {
        return isWhole || isChanged[sku];
    }

    long sequence() {
        return sequence;
    }

    byte seen() {
        return seen;
    }

    void seen(final byte sweep) {
        seen = sweep;
    }
}
