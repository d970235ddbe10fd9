package io.holdfast.perf.compare;

import io.holdfast.perf.report.Goal;

/** What is measured. */
enum Metric {
    PER_SECOND("answers", "/s", Goal.HIGHER),
    P50("p50", "µs", Goal.LOWER),
    P99("p99", "µs", Goal.LOWER),
    P999("p99.9", "µs", Goal.LOWER),
    GENERATOR_P50("generator's own lag, p50", "µs", Goal.YARDSTICK),
    GENERATOR_P99("generator's own lag, p99", "µs", Goal.YARDSTICK),
    SECONDS("until all were answered", "s", Goal.LOWER),
    HOLDS("holds", "", Goal.HIGHER),
    SOLD_OUT("sold out", "", Goal.HIGHER),
    REFUSED("refused otherwise", "", Goal.LOWER),
    UNANSWERED("unanswered", "", Goal.LOWER),
    CONNECTION_BYTES("heap and buffers of a connection", "B", Goal.LOWER),
    CONNECTION_RESIDENT_BYTES("resident memory of a connection", "B", Goal.LOWER),
    PATH_BYTES("allocated by a request", "B", Goal.LOWER),
    PROCESS_BYTES("allocated by a request, followers included", "B", Goal.LOWER),
    CPU_PERCENT("of a core when idle", "%", Goal.LOWER),
    LAG_RECORDS("followers behind at the end", "records", Goal.LOWER),
    CAUGHT_UP_SECONDS("until followers have caught up", "s", Goal.LOWER);

    private final String title;
    private final String unit;
    private final Goal goal;

    Metric(final String title, final String unit, final Goal goal) {
        this.title = title;
        this.unit = unit;
        this.goal = goal;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }

    /** Which way it is better. */
    Goal goal() {
        return goal;
    }
}
