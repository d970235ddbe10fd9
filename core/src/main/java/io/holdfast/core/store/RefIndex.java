package io.holdfast.core.store;

import java.util.Arrays;

/**
 * An index from a hash to the references of the records that bear it; the subclass says which record is meant.
 *
 * <p>Open addressing with linear probing in {@value #PARTITIONS} partitions that grow one by one, so that no single
 * command pays for growing the whole: at ten million entries a growth moves forty thousand. An entry is the low half of
 * the hash and the reference in one long; a probe that meets another hash costs no look at its record. Removal shifts
 * entries back and leaves no tombstones.
 *
 * <p>Filled in bulk, entries only pile up in their partitions, and are put in their places one partition after the other:
 * each of those fits the processor's cache, while every single insertion into millions misses it.
 */
public abstract class RefIndex {
    private static final int PARTITIONS = 256;
    private static final int PARTITION_SHIFT = 56;
    private static final int INITIAL_CAPACITY = 16;
    private static final long REFERENCE_MASK = 0xFFFF_FFFFL;

    private final long[][] partitions = new long[PARTITIONS][INITIAL_CAPACITY];
    private final int[] sizes = new int[PARTITIONS];
    private int size;
    private boolean isBulk;

    /** Whether the record is the one that is looked for; called only when the hashes agree. */
    protected abstract boolean matches(int reference);

    /** Whether two records that were filled in bulk, of agreeing hashes, are one twice; not asked otherwise. */
    protected boolean isSame(final int reference, final int other) {
        return false;
    }

    /** Begins to fill an empty index, which is only to be searched again after {@link #endBulk}. */
    public final void beginBulk() {
        if (size > 0) {
            throw new IllegalStateException("the index holds " + size + " already");
        }
        isBulk = true;
    }

    /**
     * Puts all in its place.
     *
     * @throws IllegalArgumentException if a record was added twice
     */
    public final void endBulk() {
        isBulk = false;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int capacity = INITIAL_CAPACITY;
            while (sizes[partition] * 5L > capacity * 3L) {
                capacity *= 2;
            }
            final long[] entries = new long[capacity];
            for (int i = 0; i < sizes[partition]; i++) {
                putOnce(entries, partitions[partition][i]);
            }
            partitions[partition] = entries;
        }
    }

    private void putOnce(final long[] entries, final long entry) {
        final int mask = entries.length - 1;
        int i = (int) (entry >>> 32) & mask;
        while (entries[i] != 0) {
            if ((entries[i] ^ entry) >>> 32 == 0 && isSame((int) entries[i], (int) entry)) {
                throw new IllegalArgumentException("record " + (int) entry + " was there already");
            }
            i = (i + 1) & mask;
        }
        entries[i] = entry;
    }

    /** The record that bears the hash and matches, or {@link Arena#NONE}. */
    protected final int find(final long hash) {
        assert !isBulk : "searched while it is filled";
        final long[] entries = partitions[(int) (hash >>> PARTITION_SHIFT)];
        final int mask = entries.length - 1;
        final int tag = (int) hash;
        for (int i = tag & mask; entries[i] != 0; i = (i + 1) & mask) {
            final long entry = entries[i];
            if ((int) (entry >>> 32) == tag && matches((int) entry)) {
                return (int) entry;
            }
        }
        return Arena.NONE;
    }

    /** Adds a record that is known not to be there. */
    protected final void insert(final long hash, final int reference) {
        final int partition = (int) (hash >>> PARTITION_SHIFT);
        final long entry = ((long) (int) hash << 32) | (reference & REFERENCE_MASK);
        if (isBulk) {
            pile(partition, entry);
        } else {
            if ((sizes[partition] + 1) * 5L > partitions[partition].length * 3L) {
                grow(partition);
            }
            put(partitions[partition], entry);
        }
        sizes[partition]++;
        size++;
    }

    private void pile(final int partition, final long entry) {
        final int count = sizes[partition];
        if (count == partitions[partition].length) {
            partitions[partition] = Arrays.copyOf(partitions[partition], count * 2);
        }
        partitions[partition][count] = entry;
    }

    /**
     * Takes a record out.
     *
     * @throws IllegalStateException if it is not there
     */
    protected final void delete(final long hash, final int reference) {
        final int partition = (int) (hash >>> PARTITION_SHIFT);
        final long[] entries = partitions[partition];
        final int mask = entries.length - 1;
        final long wanted = ((long) (int) hash << 32) | (reference & REFERENCE_MASK);
        int hole = (int) hash & mask;
        while (entries[hole] != wanted) {
            if (entries[hole] == 0) {
                throw new IllegalStateException("reference " + reference + " is not in the index");
            }
            hole = (hole + 1) & mask;
        }
        closeUp(entries, mask, hole);
        sizes[partition]--;
        size--;
    }

    public final int size() {
        return size;
    }

    /** Moves back every later entry of the run that may stand in the hole, so that no probe stops early. */
    private static void closeUp(final long[] entries, final int mask, final int emptied) {
        int hole = emptied;
        for (int i = (hole + 1) & mask; entries[i] != 0; i = (i + 1) & mask) {
            final int home = (int) (entries[i] >>> 32) & mask;
            if (((i - home) & mask) >= ((i - hole) & mask)) {
                entries[hole] = entries[i];
                hole = i;
            }
        }
        entries[hole] = 0;
    }

    private void grow(final int partition) {
        final long[] old = partitions[partition];
        final long[] grown = new long[old.length * 2];
        for (final long entry : old) {
            if (entry != 0) {
                put(grown, entry);
            }
        }
        partitions[partition] = grown;
    }

    private static void put(final long[] entries, final long entry) {
        final int mask = entries.length - 1;
        int i = (int) (entry >>> 32) & mask;
        while (entries[i] != 0) {
            i = (i + 1) & mask;
        }
        entries[i] = entry;
    }
}
