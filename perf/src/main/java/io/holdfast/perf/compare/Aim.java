package io.holdfast.perf.compare;

import io.holdfast.perf.report.Numbers;

/**
 * One goal: what a figure of the product is to be.
 *
 * @param row where it is measured
 * @param bound in the unit of the comparison: a ratio, or the metric's own
 */
record Aim(String row, Metric metric, Comparing comparing, double bound) {
    /** How the product's figure is judged. */
    enum Comparing {
        /** The median over rounds of its ratio to bare Netty in the same round is the bound or more. */
        RATIO_AT_LEAST,

        /** The same, the bound or less. */
        RATIO_AT_MOST,

        /** The median over rounds of what it is above bare Netty is the bound or less. */
        ABOVE_BARE_AT_MOST,

        /** Its median is the bound or less. */
        AT_MOST,

        /** It is the bound in every round. */
        EXACTLY;

        boolean isRatio() {
            return this == RATIO_AT_LEAST || this == RATIO_AT_MOST;
        }

        /** Whether bare Netty's figure of the same round has a part in it. */
        boolean isBesideBare() {
            return isRatio() || this == ABOVE_BARE_AT_MOST;
        }
    }

    /** What is wanted, for people. */
    String text() {
        final String number = Numbers.text(bound);
        final String unit =
                metric.unit().startsWith("/") || metric.unit().isEmpty() ? metric.unit() : " " + metric.unit();
        return metric.title()
                + switch (comparing) {
                    case RATIO_AT_LEAST -> " ≥ " + number + " × bare Netty";
                    case RATIO_AT_MOST -> " ≤ " + number + " × bare Netty";
                    case ABOVE_BARE_AT_MOST -> " ≤ bare Netty + " + number + unit;
                    case AT_MOST -> " ≤ " + number + unit;
                    case EXACTLY -> " = " + number + unit;
                };
    }
}
