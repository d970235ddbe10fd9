package io.holdfast.perf.jmh;

/**
 * How long is measured.
 *
 * @param forks JVMs for each benchmark; 0 measures in this process, for tests of the tool only
 * @param warmupIterations thrown away in each fork
 * @param iterations measured in each fork
 * @param iterationMs length of either, in milliseconds
 */
public record Effort(int forks, int warmupIterations, int iterations, int iterationMs) {
    /** For figures to keep. */
    public static final Effort FULL = new Effort(1, 5, 5, 1_000);

    /** For a look. */
    public static final Effort QUICK = new Effort(1, 3, 3, 500);
}
