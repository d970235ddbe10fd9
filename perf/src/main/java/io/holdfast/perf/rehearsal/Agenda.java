package io.holdfast.perf.rehearsal;

import java.util.PriorityQueue;

/** What is to be done at a time; at most one entry of each buyer and each bot. One thread. */
final class Agenda {
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();

    private long count;

    /** Entries of one time keep their order, so that a seed reproduces a run. */
    private record Entry(long dueNs, long number, Runnable action) implements Comparable<Entry> {
        @Override
        public int compareTo(final Entry other) {
            final int byTime = Long.compare(dueNs - other.dueNs, 0);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    /** @param dueNs {@link System#nanoTime()} */
    void at(final long dueNs, final Runnable action) {
        entries.add(new Entry(dueNs, count++, action));
    }

    /** Does what is due; returns when the next is, or {@link Long#MAX_VALUE}. */
    long run(final long nowNs) {
        while (!entries.isEmpty()) {
            if (entries.peek().dueNs() - nowNs > 0) {
                return entries.peek().dueNs();
            }
            entries.poll().action().run();
        }
        return Long.MAX_VALUE;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }
}
