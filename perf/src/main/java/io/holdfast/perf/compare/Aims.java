package io.holdfast.perf.compare;

import static io.holdfast.perf.compare.Aim.Comparing.ABOVE_BARE_AT_MOST;
import static io.holdfast.perf.compare.Aim.Comparing.AT_MOST;
import static io.holdfast.perf.compare.Aim.Comparing.EXACTLY;
import static io.holdfast.perf.compare.Aim.Comparing.RATIO_AT_LEAST;
import static io.holdfast.perf.compare.Aim.Comparing.RATIO_AT_MOST;

import java.util.List;

/** The project's goals, as far as they are seen from outside. */
final class Aims {
    private static final double KIB = 1_024;

    private Aims() {}

    /** All of them, in the order of the table. */
    static List<Aim> of(final ComparePlan.Crowd crowd) {
        return List.of(
                new Aim(Rows.SATURATION, Metric.PER_SECOND, RATIO_AT_LEAST, 0.70),
                new Aim(Rows.SATURATION, Metric.REFUSED, EXACTLY, 0),
                new Aim(Rows.SATURATION, Metric.UNANSWERED, EXACTLY, 0),
                new Aim(Rows.SATURATION, Metric.CAUGHT_UP_SECONDS, AT_MOST, 30),
                new Aim(Rows.SOLD_OUT, Metric.PER_SECOND, RATIO_AT_LEAST, 0.75),
                new Aim(Rows.SOLD_OUT, Metric.HOLDS, EXACTLY, 0),
                new Aim(Rows.SOLD_OUT, Metric.REFUSED, EXACTLY, 0),
                new Aim("open-5000", Metric.P50, ABOVE_BARE_AT_MOST, 250),
                new Aim("open-5000", Metric.P99, AT_MOST, 1_000),
                new Aim("open-15000", Metric.P50, ABOVE_BARE_AT_MOST, 300),
                new Aim("open-15000", Metric.P99, AT_MOST, 2_000),
                new Aim("open-15000", Metric.P999, AT_MOST, 5_000),
                new Aim("open-50000", Metric.P99, AT_MOST, 10_000),
                new Aim("open-50000", Metric.REFUSED, EXACTLY, 0),
                new Aim("open-50000", Metric.UNANSWERED, EXACTLY, 0),
                new Aim(Rows.STORM, Metric.SECONDS, RATIO_AT_MOST, 1.3),
                new Aim(Rows.STORM, Metric.REFUSED, EXACTLY, 0),
                new Aim(Rows.STORM, Metric.UNANSWERED, EXACTLY, 0),
                new Aim(Rows.DROP, Metric.P99, RATIO_AT_MOST, 3),
                new Aim(Rows.DROP, Metric.HOLDS, EXACTLY, crowd.stock()),
                new Aim(Rows.DROP, Metric.SOLD_OUT, EXACTLY, crowd.users() - crowd.stock()),
                new Aim(Rows.DROP, Metric.REFUSED, EXACTLY, 0),
                new Aim(Rows.DROP, Metric.UNANSWERED, EXACTLY, 0),
                new Aim(Rows.MEMORY, Metric.CONNECTION_BYTES, AT_MOST, 12 * KIB),
                new Aim(Rows.ALLOCATION, Metric.PATH_BYTES, AT_MOST, KIB),
                new Aim(Rows.IDLE, Metric.CPU_PERCENT, AT_MOST, 3));
    }
}
