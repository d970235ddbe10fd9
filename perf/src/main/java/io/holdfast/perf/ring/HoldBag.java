package io.holdfast.perf.ring;

import java.util.random.RandomGenerator;

/** Holds that were granted and not ended yet, to pay for one or another later; of too many some are forgotten. */
final class HoldBag {
    private static final int SIZE_MAX = 131_072;

    private final RandomGenerator random;
    private final long[] holds = new long[SIZE_MAX];
    private int size;

    HoldBag(final RandomGenerator random) {
        this.random = random;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(final long hold) {
        if (size < SIZE_MAX) {
            holds[size++] = hold;
        } else {
            holds[random.nextInt(SIZE_MAX)] = hold;
        }
    }

    /** Any one of them, which stays. */
    long any() {
        return holds[random.nextInt(size)];
    }

    /** Takes any one out. */
    long take() {
        final int index = random.nextInt(size);
        final long hold = holds[index];
        holds[index] = holds[--size];
        return hold;
    }
}
