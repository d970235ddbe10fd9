package io.holdfast.core;

/** Seeds of randomised tests: drawn anew each time and printed; {@code -Dholdfast.seed=N} repeats a run. */
public final class Seeds {
    private Seeds() {}

    /** A seed for the named test. */
    public static long next(final String test) {
        final Long given = Long.getLong("holdfast.seed");
        final long seed = given == null ? System.nanoTime() * 0x9E37_79B9_7F4A_7C15L >>> 16 : given;
        System.out.println(test + ": -Dholdfast.seed=" + seed);
        return seed;
    }
}
