package io.holdfast.perf.report;

/**
 * One line of a plot.
 *
 * @param name as the legend says it
 * @param xs in the units of the x axis
 * @param ys as many, in the units of the y axis; NaN interrupts the line
 */
record Curve(String name, double[] xs, double[] ys) {
    Curve {
        if (xs.length != ys.length) {
            throw new IllegalArgumentException(name + ": " + xs.length + " x and " + ys.length + " y");
        }
    }
}
