package io.holdfast.perf.report;

import java.util.List;

/**
 * One measured quantity, once for each round of a run.
 *
 * @param name what was measured, the same from run to run
 * @param unit of the values
 * @param goal which way it is better
 * @param rounds the value of each round, at least one, all finite
 */
public record Figure(String name, String unit, Goal goal, List<Double> rounds) {
    public Figure {
        rounds = List.copyOf(rounds);
        if (rounds.isEmpty() || !rounds.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(name + ": a value for each round is needed, not " + rounds);
        }
    }

    /** The middle value; between the two in the middle when their number is even. */
    public double median() {
        final double[] sorted = sorted();
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public double least() {
        return sorted()[0];
    }

    public double most() {
        return sorted()[rounds.size() - 1];
    }

    private double[] sorted() {
        return rounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    /** Median and range with the unit. */
    public String text() {
        final String median = Numbers.text(median()) + " " + unit;
        return rounds.size() == 1
                ? median
                : median + " (" + Numbers.text(least()) + " to " + Numbers.text(most()) + ", " + rounds.size()
                        + " rounds)";
    }
}
