package io.holdfast.perf.load;

/** The free slots, first in, first out, so that all connections are used. Holds each at most once. One thread. */
final class SlotRing {
    private final Slot[] slots;

    private int first;
    private int count;

    SlotRing(final int capacity) {
        this.slots = new Slot[capacity];
    }

    void add(final Slot slot) {
        if (count == slots.length) {
            throw new IllegalStateException("a slot was freed twice");
        }
        int at = first + count;
        if (at >= slots.length) {
            at -= slots.length;
        }
        slots[at] = slot;
        count++;
    }

    Slot peek() {
        return count == 0 ? null : slots[first];
    }

    Slot take() {
        final Slot slot = slots[first];
        first = first + 1 == slots.length ? 0 : first + 1;
        count--;
        return slot;
    }
}
