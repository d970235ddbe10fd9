package io.holdfast.settlement.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The stock of every drop that is not archived, and what of it Redis has yet to hear. As many drops as the core keeps. */
final class StockBook {
    private final Map<Integer, MirroredDrop> byNumber = new LinkedHashMap<>();
    private final Map<String, MirroredDrop> byName = new HashMap<>();
    private final List<MirroredDrop> pending = new ArrayList<>();
    private final Set<String> archived = new LinkedHashSet<>();

    void add(final MirroredDrop drop, final long sequence) {
        byNumber.put(drop.number, drop);
        byName.put(drop.name, drop);
        touch(drop, sequence);
        touchWhole(drop);
    }

    /**
     * The drop of that number.
     *
     * @throws IllegalStateException when there is none: the log speaks of a drop that it never made
     */
    MirroredDrop require(final int number) {
        final MirroredDrop drop = byNumber.get(number);
        if (drop == null) {
            throw new IllegalStateException("the log speaks of drop " + number + ", which is unknown to the mirror");
        }
        return drop;
    }

    /** The drop of that name, or null. */
    MirroredDrop find(final String name) {
        return byName.get(name);
    }

    Collection<MirroredDrop> all() {
        return byNumber.values();
    }

    void touch(final MirroredDrop drop, final long sequence) {
        if (drop.touch(sequence)) {
            pending.add(drop);
        }
    }

    void touchWhole(final MirroredDrop drop) {
        if (drop.touchWhole()) {
            pending.add(drop);
        }
    }

    void archive(final int number) {
        final MirroredDrop drop = require(number);
        byNumber.remove(number);
        byName.remove(drop.name);
        pending.remove(drop);
        archived.add(drop.name);
    }

    /** Drops of which something is to be written. */
    List<MirroredDrop> pending() {
        return pending;
    }

    /** Names of archived drops whose stock is to leave Redis. */
    Set<String> archived() {
        return archived;
    }

    boolean hasPending() {
        return !pending.isEmpty() || !archived.isEmpty();
    }

    /** All that was pending is written now, or will be found by a sweep. */
    void written() {
        for (final MirroredDrop drop : pending) {
            drop.written();
        }
        pending.clear();
        archived.clear();
    }

    void clear() {
        byNumber.clear();
        byName.clear();
        pending.clear();
        archived.clear();
    }
}
