package io.holdfast.core;

import io.holdfast.core.message.DropImageDecoder;
import io.holdfast.core.message.DropStatus;
import io.holdfast.core.store.Arena;
import io.holdfast.core.store.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A drop in memory: its definition, its stock, and the heads of the lists that its holds stand in. */
final class Drop {
    /** What {@code CreateDrop} said, kept to compare a repetition with, but for prices, which never change. */
    static final class Definition {
        long opensAtMs;
        long closesAtMs;
        int holdSeconds;
        int paymentGraceSeconds;
        int maxHoldSeconds;
        int maxPerBuyer;
        int[] capacity;
    }

    /** An opening or a closing that was not asked for; the null value of the messages. */
    static final long NO_TIME = DropImageDecoder.opensAtMsNullValue();

    /** The price of a SKU that has none. */
    static final long NO_PRICE = DropImageDecoder.SkusDecoder.priceMinorNullValue();

    /** A remembered stock adjustment. */
    record Adjustment(int skuIndex, int delta, long sequence) {}

    final int number;
    final long createdSequence;
    final UnsafeBuffer id;
    final UnsafeBuffer title;
    final byte[] currency;
    final Definition definition;

    final UnsafeBuffer[] skus;
    final long[] priceMinor;

    /** Invariant for every SKU, checked after every event: available + held + sold = capacity, none below zero. */
    final int[] capacity;

    final int[] available;
    final int[] held;
    final int[] sold;

    final SequenceOrder holds = new SequenceOrder();
    final Map<String, Adjustment> adjustments = new LinkedHashMap<>();

    private final int[] skuTable;

    DropStatus status;
    long changedSequence;

    /** Whether it was ever sold out and said so; stays, whatever is added to the stock. */
    boolean wasSoldOut;

    /** Holds that were never extended, in the order in which they are due; the others are in the heap. */
    int dueHead = Arena.NONE;

    int dueTail = Arena.NONE;

    /** Released and expired holds in the order in which they finished. */
    int finishedHead = Arena.NONE;

    int finishedTail = Arena.NONE;
    int finishedCount;
    long finishCount;

    /** Remembered refusals, oldest first. */
    int refusalHead = Arena.NONE;

    int refusalTail = Arena.NONE;
    int refusalCount;

    int liveHolds;

    /** Where the drop stands in the heaps of due holds and of timers; -1 where it doesn't. */
    int dueIndex = -1;

    int timerIndex = -1;

    Drop(
            final int number,
            final long createdSequence,
            final UnsafeBuffer[] names,
            final byte[] currency,
            final Definition definition,
            final UnsafeBuffer[] skus) {
        this.number = number;
        this.createdSequence = createdSequence;
        this.id = names[0];
        this.title = names[1];
        this.currency = currency;
        this.definition = definition;
        this.skus = skus;
        this.priceMinor = new long[skus.length];
        this.capacity = definition.capacity.clone();
        this.available = definition.capacity.clone();
        this.held = new int[skus.length];
        this.sold = new int[skus.length];
        this.changedSequence = createdSequence;
        this.skuTable = tableOf(skus);
    }

    /** The index of the SKU of that name, or -1. */
    int skuIndex(final DirectBuffer buffer, final int offset, final int length) {
        final int mask = skuTable.length - 1;
        int slot = (int) Bytes.hash(0, buffer, offset, length) & mask;
        for (; skuTable[slot] != 0; slot = (slot + 1) & mask) {
            final UnsafeBuffer sku = skus[skuTable[slot] - 1];
            if (sku.capacity() == length && Bytes.equal(sku, 0, buffer, offset, length)) {
                return skuTable[slot] - 1;
            }
        }
        return -1;
    }

    boolean isPriced() {
        return currency[0] != 0;
    }

    boolean isNamed(final DirectBuffer buffer, final int offset, final int length) {
        return id.capacity() == length && Bytes.equal(id, 0, buffer, offset, length);
    }

    void checkStock(final int sku) {
        final long sum = (long) available[sku] + held[sku] + sold[sku];
        if (sum != capacity[sku] || (available[sku] | held[sku] | sold[sku]) < 0) {
            throw new InvariantViolation("stock of SKU " + sku + " of drop " + number + ": available " + available[sku]
                    + " + held " + held[sku] + " + sold " + sold[sku] + " is not capacity " + capacity[sku]);
        }
    }

    /** Whether every unit there is was sold, and there was one: nothing is left that could come back. */
    boolean isSoldOut() {
        long units = 0;
        for (int sku = 0; sku < skus.length; sku++) {
            if (sold[sku] != capacity[sku]) {
                return false;
            }
            units += sold[sku];
        }
        return units > 0;
    }

    private static int[] tableOf(final UnsafeBuffer[] skus) {
        final int[] table = new int[Integer.highestOneBit(Math.max(1, skus.length)) * 4];
        final int mask = table.length - 1;
        for (int i = 0; i < skus.length; i++) {
            int slot = (int) Bytes.hash(0, skus[i], 0, skus[i].capacity()) & mask;
            while (table[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            table[slot] = i + 1;
        }
        return table;
    }
}
