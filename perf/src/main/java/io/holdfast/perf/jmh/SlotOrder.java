package io.holdfast.perf.jmh;

/**
 * Names every number below a bound once, without a pattern that a processor could follow, and then all again: a
 * linear congruential generator of full period (Knuth, TAOCP 2, 3.2.1.2) over the next power of two.
 */
final class SlotOrder {
    private static final int MULTIPLIER = 1_664_525;
    private static final int INCREMENT = 1_013_904_223;

    private final int bound;
    private final int mask;
    private int current;
    private int given;
    private int passes;

    SlotOrder(final int bound) {
        if (bound < 1 || bound > 1 << 30) {
            throw new IllegalArgumentException("bound " + bound + " is not from 1 to " + (1 << 30));
        }
        this.bound = bound;
        this.mask = Integer.highestOneBit(Math.max(1, bound - 1)) * 2 - 1;
    }

    int next() {
        if (given++ == bound) {
            given = 1;
            passes++;
        }
        do {
            current = (current * MULTIPLIER + INCREMENT) & mask;
        } while (current >= bound);
        return current;
    }

    /** How often all were named. */
    int passes() {
        return passes;
    }
}
