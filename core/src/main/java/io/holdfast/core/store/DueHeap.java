package io.holdfast.core.store;

import java.util.Arrays;

/**
 * A binary heap by (due time, sequence) that tells each item where it stands, so that any item can be moved or taken
 * out in logarithmic time. The order is total as long as no two items share a sequence.
 */
public abstract class DueHeap {
    /** The due time of nothing. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Entries 0 to size-1 are a heap: no entry is due before its parent at (i - 1) / 2. */
    private long[] dueAtMs = new long[16];

    private long[] sequences = new long[16];
    private int[] items = new int[16];
    private int size;

    /** Tells the item its index, or -1 when it has left. */
    protected abstract void moved(int item, int index);

    public final void add(final int item, final long dueMs, final long sequence) {
        if (size == items.length) {
            dueAtMs = Arrays.copyOf(dueAtMs, size * 2);
            sequences = Arrays.copyOf(sequences, size * 2);
            items = Arrays.copyOf(items, size * 2);
        }
        siftUp(size++, item, dueMs, sequence);
    }

    public final void remove(final int index) {
        final int item = items[index];
        size--;
        if (index < size) {
            settle(index, items[size], dueAtMs[size], sequences[size]);
        }
        moved(item, -1);
    }

    /** Gives the item at the index another due time. */
    public final void reschedule(final int index, final long dueMs) {
        settle(index, items[index], dueMs, sequences[index]);
    }

    public final boolean isEmpty() {
        return size == 0;
    }

    public final int size() {
        return size;
    }

    public final int item(final int index) {
        return items[index];
    }

    public final long dueAtMs(final int index) {
        return dueAtMs[index];
    }

    /** Due time of the first item, or {@link #NEVER}. */
    public final long firstDueAtMs() {
        return size == 0 ? NEVER : dueAtMs[0];
    }

    /** Sequence of the first item, or {@link Long#MAX_VALUE}. */
    public final long firstSequence() {
        return size == 0 ? Long.MAX_VALUE : sequences[0];
    }

    public final int first() {
        return items[0];
    }

    private void settle(final int index, final int item, final long dueMs, final long sequence) {
        if (index > 0 && isBefore(dueMs, sequence, (index - 1) >>> 1)) {
            siftUp(index, item, dueMs, sequence);
        } else {
            siftDown(index, item, dueMs, sequence);
        }
    }

    private void siftUp(final int from, final int item, final long dueMs, final long sequence) {
        int index = from;
        while (index > 0) {
            final int parent = (index - 1) >>> 1;
            if (!isBefore(dueMs, sequence, parent)) {
                break;
            }
            place(index, items[parent], dueAtMs[parent], sequences[parent]);
            index = parent;
        }
        place(index, item, dueMs, sequence);
    }

    private void siftDown(final int from, final int item, final long dueMs, final long sequence) {
        int index = from;
        while (true) {
            int child = 2 * index + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && isBefore(dueAtMs[child + 1], sequences[child + 1], child)) {
                child++;
            }
            if (isBefore(dueMs, sequence, child)) {
                break;
            }
            place(index, items[child], dueAtMs[child], sequences[child]);
            index = child;
        }
        place(index, item, dueMs, sequence);
    }

    private boolean isBefore(final long dueMs, final long sequence, final int index) {
        return dueMs < dueAtMs[index] || (dueMs == dueAtMs[index] && sequence < sequences[index]);
    }

    private void place(final int index, final int item, final long dueMs, final long sequence) {
        items[index] = item;
        dueAtMs[index] = dueMs;
        sequences[index] = sequence;
        moved(item, index);
    }
}
