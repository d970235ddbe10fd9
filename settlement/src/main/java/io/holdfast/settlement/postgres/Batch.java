package io.holdfast.settlement.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * What was read and is not settled yet: changes in the order of the log, and the place behind them. Bounded by whoever
 * adds: it says when it is full.
 */
final class Batch {
    static final int CHANGES_MAX = 2_000;
    static final int BYTES_MAX = 1024 * 1024;

    private final List<Change> changes = new ArrayList<>();

    private int bytes;
    private Place end;

    Batch(final Place end) {
        this.end = end;
    }

    void add(final Change change) {
        changes.add(change);
        bytes += change.bytes();
    }

    boolean isFull() {
        return changes.size() >= CHANGES_MAX || bytes >= BYTES_MAX;
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    int size() {
        return changes.size();
    }

    /** Where settlement is when all of it is settled. */
    Place end() {
        return end;
    }

    void endAt(final Place place) {
        end = place;
    }

    /** Where settlement is when the first so many changes are settled. */
    Place endOf(final int count) {
        return count == changes.size() ? end : changes.get(count).before();
    }

    List<Change> first(final int count) {
        return changes.subList(0, count);
    }

    /** Lets go of the first so many changes: they are settled. */
    void settled(final int count) {
        for (final Change change : first(count)) {
            bytes -= change.bytes();
        }
        first(count).clear();
    }
}
