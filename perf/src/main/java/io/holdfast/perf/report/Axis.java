package io.holdfast.perf.report;

import java.util.List;

/** One axis of a plot: where a value lies, and what is written beside it. */
interface Axis {
    /** What the axis shows, with its unit. */
    String label();

    /** Where the value lies: 0 is the beginning of the axis, 1 its end; values beyond lie on the edge. */
    double place(double value);

    /** Where lines are drawn across, in increasing order. */
    List<Tick> ticks();

    /** A line across the plot at the value, and its text. */
    record Tick(double value, String text) {}

    /** Both ends hold on to what lies beyond. */
    static double clamp(final double place) {
        return Math.max(0, Math.min(1, place));
    }
}
