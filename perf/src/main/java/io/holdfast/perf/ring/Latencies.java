package io.holdfast.perf.ring;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** How long commands took, in nanoseconds, whole and by stage. Not thread-safe. */
final class Latencies {
    /** What took longer is counted as this. */
    private static final long MAX_NS = TimeUnit.MINUTES.toNanos(2);

    private static final int DIGITS = 3;

    private final Histogram total = histogram();
    private final Map<Stage, Histogram> stages = new EnumMap<>(Stage.class);
    private final Stage[] stagesInOrder = Stage.values();
    private final Histogram[] histogramsInOrder = new Histogram[stagesInOrder.length];

    Latencies() {
        for (final Stage stage : stagesInOrder) {
            histogramsInOrder[stage.ordinal()] = histogram();
            stages.put(stage, histogramsInOrder[stage.ordinal()]);
        }
    }

    private static Histogram histogram() {
        return new Histogram(MAX_NS, DIGITS);
    }

    void addTotal(final long ns) {
        total.recordValue(bounded(ns));
    }

    void addStages(final Ticket ticket, final long answeredNs) {
        for (int i = 0; i < stagesInOrder.length; i++) {
            histogramsInOrder[i].recordValue(bounded(stagesInOrder[i].ns(ticket, answeredNs)));
        }
    }

    private static long bounded(final long ns) {
        return Math.max(0, Math.min(MAX_NS, ns));
    }

    void add(final Latencies other) {
        total.add(other.total);
        stages.forEach((stage, histogram) -> histogram.add(other.stages.get(stage)));
    }

    Histogram total() {
        return total;
    }

    /** Without values where commands were not stamped. */
    Map<Stage, Histogram> stages() {
        return stages;
    }
}
