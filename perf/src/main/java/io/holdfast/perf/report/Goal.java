package io.holdfast.perf.report;

/** Which way a {@link Figure} is better. */
public enum Goal {
    /** A rate: the more the better. */
    HIGHER,
    /** A time, a size: the less the better. */
    LOWER,
    /** Measures the machine and nothing of ours: when it moves, the machine has moved, and all else with it. */
    YARDSTICK
}
