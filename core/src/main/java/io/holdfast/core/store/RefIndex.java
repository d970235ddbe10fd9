package io.holdfast.core.store;

import java.util.Arrays;

/**
 * An index from a hash to the references of the records that bear it; the subclass says which record is meant.
 *
 * <p>Extendible hashing (Fagin, Nievergelt, Pippenger and Strong, 1979): a directory names tables of one size, and one that
 * is full is split into two by the next bit. So no command pays for growing the whole: at ten million entries it moves
 * three thousand. Of a hash the low half counts, its tag:
 *
 * <pre>
 *   tag     31                      11         0
 *          +--------------+----------+----------+
 *          |  directory   |          |   slot   |     the directory takes as many bits as it needs
 *          +--------------+----------+----------+
 *   a table is {@value #SLOTS} longs in the arena, 0 where nothing is, else tag &lt;&lt; 32 | reference
 * </pre>
 *
 * <p>Within a table an entry stands in its slot, or in the next that was free. A probe that meets another tag costs no look
 * at its record. Removal shifts entries back and leaves no tombstones; tables are never joined.
 *
 * <p>Filled in bulk, entries only pile up by the first bits of their tags, and are put in their places one pile after the
 * other: the tables of each fit the processor's cache, while every single insertion into millions misses it.
 */
public abstract class RefIndex {
    private static final int SLOTS = Arena.TABLE_LENGTH / Long.BYTES;
    private static final int SLOT_MASK = SLOTS - 1;
    private static final int TAG_SHIFT = Integer.SIZE;
    private static final long REFERENCE_MASK = 0xFFFF_FFFFL;

    /** Entries that a table is split at. */
    private static final int FULL = SLOTS * 7 / 10;

    /** Entries that tables have on average after they were filled in bulk, at most: so they are not all split soon after. */
    private static final int FULL_IN_BULK = FULL * 4 / 5;

    /** The directory's bits and the slot's may not overlap. */
    private static final int DEPTH_MAX = Integer.SIZE - Integer.numberOfTrailingZeros(SLOTS);

    private final Arena arena;

    /**
     * The directory: for the first {@code depth} bits of a tag the table, and how many of these bits its entries have in
     * common. A table of fewer bits stands there several times in a row, and the first of them has its number of entries.
     */
    private int[] tables = new int[1];

    private byte[] depths = new byte[1];
    private short[] sizes = new short[1];
    private int depth;

    private int size;

    /** What is filled in bulk; null at any other time. */
    private RefPiles piles;

    protected RefIndex(final Arena arena) {
        this.arena = arena;
        this.tables[0] = arena.allocateTable();
    }

    /** Whether the record is the one that is looked for; called only when the tags agree. */
    protected abstract boolean matches(int reference);

    /** Whether two records that were filled in bulk, of agreeing tags, are one twice; not asked otherwise. */
    protected boolean isSame(final int reference, final int other) {
        return false;
    }

    /** Begins to fill a new index, which is only to be searched again after {@link #endBulk}. */
    public final void beginBulk() {
        if (size > 0 || depth > 0) {
            throw new IllegalStateException("the index is not new: it holds " + size);
        }
        piles = new RefPiles(arena);
    }

    /**
     * Puts all in its place.
     *
     * @throws IllegalArgumentException if a record was added twice
     */
    public final void endBulk() {
        final RefPiles filled = piles;
        piles = null;
        while (size > (long) FULL_IN_BULK << depth && depth < DEPTH_MAX) {
            doubleDirectory();
        }
        Arrays.fill(depths, (byte) depth);
        Arrays.fill(tables, 1, tables.length, Arena.NONE);
        filled.drain(this::placeOnce);
        for (int i = 1; i < tables.length; i++) {
            requireTable(i);
        }
    }

    /** Makes a table that is missing. Most come from memory that the piles before it have left. */
    private void requireTable(final int index) {
        if (tables[index] == Arena.NONE) {
            final int first = firstOf(index);
            Arrays.fill(tables, first, first + (1 << depth - depths[index]), arena.allocateTable());
        }
    }

    private void placeOnce(final long entry) {
        final int tag = tag(entry);
        final int index = directoryIndex(tag);
        requireTable(index);
        final int table = tables[index];
        int slot = tag & SLOT_MASK;
        for (long there = entryAt(table, slot); there != 0; there = entryAt(table, slot)) {
            if (tag(there) == tag && isSame((int) there, (int) entry)) {
                throw new IllegalArgumentException("record " + (int) entry + " was there already");
            }
            slot = slot + 1 & SLOT_MASK;
        }
        final int first = firstOf(index);
        if (sizes[first] < FULL) {
            sizes[first]++;
            arena.putLong(table, slot * Long.BYTES, entry);
        } else {
            place(entry);
        }
    }

    /**
     * Looks where {@link #find} will look first. Several such looks, one behind the other, wait for memory together; where each
     * is a search of its own, the processor sees the next one too late.
     *
     * @return of no meaning; whoever keeps it keeps the look from being left out
     */
    public final long glance(final long hash) {
        final int tag = (int) hash;
        final int table = tables[directoryIndex(tag)];
        return entryAt(table, tag & SLOT_MASK);
    }

    /** The record that bears the hash and matches, or {@link Arena#NONE}. */
    protected final int find(final long hash) {
        assert piles == null : "searched while it is filled";
        final int tag = (int) hash;
        final int table = tables[directoryIndex(tag)];
        for (int slot = tag & SLOT_MASK; ; slot = slot + 1 & SLOT_MASK) {
            final long entry = entryAt(table, slot);
            if (entry == 0) {
                return Arena.NONE;
            }
            if (tag(entry) == tag && matches((int) entry)) {
                return (int) entry;
            }
        }
    }

    /**
     * Adds a record that is known not to be there.
     *
     * @throws IllegalStateException if thousands of hashes agree in almost all bits of their tags
     * @throws OutOfMemoryError if there is no memory for another table; the index is as it was
     */
    protected final void insert(final long hash, final int reference) {
        final long entry = entry((int) hash, reference);
        if (piles == null) {
            place(entry);
        } else {
            piles.add(entry);
        }
        size++;
    }

    private void place(final long entry) {
        int index = directoryIndex(tag(entry));
        while (sizes[firstOf(index)] >= FULL && depths[index] < DEPTH_MAX) {
            split(index);
            index = directoryIndex(tag(entry));
        }
        if (sizes[firstOf(index)] == SLOTS - 1) { // a search ends at what is empty
            throw new IllegalStateException(SLOTS + " hashes agree in almost all of their bits");
        }
        sizes[firstOf(index)]++;
        put(tables[index], entry);
    }

    private void put(final int table, final long entry) {
        int slot = tag(entry) & SLOT_MASK;
        while (entryAt(table, slot) != 0) {
            slot = slot + 1 & SLOT_MASK;
        }
        arena.putLong(table, slot * Long.BYTES, entry);
    }

    /**
     * Takes a record out.
     *
     * @throws IllegalStateException if it is not there
     */
    protected final void delete(final long hash, final int reference) {
        final int tag = (int) hash;
        final int index = directoryIndex(tag);
        final int table = tables[index];
        final long wanted = entry(tag, reference);
        int hole = tag & SLOT_MASK;
        for (long entry = entryAt(table, hole); entry != wanted; entry = entryAt(table, hole)) {
            if (entry == 0) {
                throw new IllegalStateException("reference " + reference + " is not in the index");
            }
            hole = hole + 1 & SLOT_MASK;
        }
        closeUp(table, hole);
        sizes[firstOf(index)]--;
        size--;
    }

    /** Moves back every later entry of the run that may stand in the hole, so that no probe stops early. */
    private void closeUp(final int table, final int emptied) {
        int hole = emptied;
        int slot = hole + 1 & SLOT_MASK;
        for (long entry = entryAt(table, slot); entry != 0; entry = entryAt(table, slot)) {
            final int home = tag(entry) & SLOT_MASK;
            if ((slot - home & SLOT_MASK) >= (slot - hole & SLOT_MASK)) {
                arena.putLong(table, hole * Long.BYTES, entry);
                hole = slot;
            }
            slot = slot + 1 & SLOT_MASK;
        }
        arena.putLong(table, hole * Long.BYTES, 0);
    }

    public final int size() {
        return size;
    }

    /** Makes two tables of the one that stands at {@code index}. */
    private void split(final int index) {
        final int old = tables[index];
        final int low = arena.allocateTable();
        final int high = arena.allocateTable();
        int first = firstOf(index);
        if (depths[index] == depth) {
            doubleDirectory();
            first *= 2;
        }
        final int newDepth = depths[first] + 1;
        final int half = 1 << depth - newDepth;
        Arrays.fill(tables, first, first + half, low);
        Arrays.fill(tables, first + half, first + 2 * half, high);
        Arrays.fill(depths, first, first + 2 * half, (byte) newDepth);
        sizes[first] = 0;
        sizes[first + half] = 0;
        moveAll(old);
        arena.free(old);
    }

    private void moveAll(final int old) {
        for (int slot = 0; slot < SLOTS; slot++) {
            final long entry = entryAt(old, slot);
            if (entry != 0) {
                final int index = directoryIndex(tag(entry));
                sizes[firstOf(index)]++;
                put(tables[index], entry);
            }
        }
    }

    private void doubleDirectory() {
        final int[] newTables = new int[tables.length * 2];
        final byte[] newDepths = new byte[tables.length * 2];
        final short[] newSizes = new short[tables.length * 2];
        for (int i = 0; i < newTables.length; i++) {
            newTables[i] = tables[i / 2];
            newDepths[i] = depths[i / 2];
        }
        for (int i = 0; i < sizes.length; i++) {
            newSizes[i * 2] = sizes[i];
        }
        tables = newTables;
        depths = newDepths;
        sizes = newSizes;
        depth++;
    }

    private int directoryIndex(final int tag) {
        return (int) ((tag & REFERENCE_MASK) >>> Integer.SIZE - depth);
    }

    /** The first place in the directory of the table that stands at {@code index}. */
    private int firstOf(final int index) {
        return index & -(1 << depth - depths[index]);
    }

    private static long entry(final int tag, final int reference) {
        return (long) tag << TAG_SHIFT | reference & REFERENCE_MASK;
    }

    private long entryAt(final int table, final int slot) {
        return arena.getLong(table, slot * Long.BYTES);
    }

    private static int tag(final long entry) {
        return (int) (entry >>> TAG_SHIFT);
    }
}
