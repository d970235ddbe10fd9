package io.holdfast.core.store;

import java.util.function.LongConsumer;

/**
 * Entries of an index in the order of the first bits of their tags, and in none within those. A pile is a chain of tables
 * of the arena, the first long of each naming the one below it; they are free again once they were drained.
 */
final class RefPiles {
    private static final int BITS = 6;
    private static final int LONGS = Arena.TABLE_LENGTH / Long.BYTES;

    private final Arena arena;
    private final int[] tops = new int[1 << BITS];

    /** Longs that are in use in each pile's top; 0 where there is none. */
    private final int[] used = new int[1 << BITS];

    RefPiles(final Arena arena) {
        this.arena = arena;
    }

    void add(final long entry) {
        final int pile = (int) (entry >>> Long.SIZE - BITS);
        if (used[pile] == 0 || used[pile] == LONGS) {
            final int table = arena.allocateTable();
            arena.putLong(table, 0, tops[pile]);
            tops[pile] = table;
            used[pile] = 1;
        }
        arena.putLong(tops[pile], used[pile]++ * Long.BYTES, entry);
    }

    /** Hands all over, pile by pile, and is empty then. */
    void drain(final LongConsumer handler) {
        for (int pile = 0; pile < tops.length; pile++) {
            int count = used[pile];
            used[pile] = 0;
            while (tops[pile] != Arena.NONE) {
                final int table = tops[pile];
                for (int i = 1; i < count; i++) {
                    handler.accept(arena.getLong(table, i * Long.BYTES));
                }
                count = LONGS;
                tops[pile] = (int) arena.getLong(table, 0);
                arena.free(table);
            }
        }
    }
}
