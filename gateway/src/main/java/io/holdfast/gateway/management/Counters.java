package io.holdfast.gateway.management;

import java.util.concurrent.atomic.AtomicLongArray;

/** A row of counters under one label. One thread writes, any reads. */
final class Counters {
    private final String label;
    private final AtomicLongArray counts;

    Counters(final String label, final int length) {
        this.label = label;
        this.counts = new AtomicLongArray(length);
    }

    void increment(final int index) {
        counts.setRelease(index, counts.getPlain(index) + 1);
    }

    String label() {
        return label;
    }

    int length() {
        return counts.length();
    }

    long get(final int index) {
        return counts.get(index);
    }
}
