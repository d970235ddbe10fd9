package io.holdfast.perf.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A plot of anything against anything: latency over time, or over the rate, the number of live holds, of connections.
 *
 * <p>Not thread-safe. The arrays are the plot's once added.
 */
public final class LinePlot {
    /** Series that one plot takes. */
    public static final int SERIES_MAX = PlotDrawing.CURVES_MAX;

    private final String title;
    private final String xLabel;
    private final Scale xScale;
    private final String yLabel;
    private final Scale yScale;
    private final List<Curve> curves = new ArrayList<>();

    /**
     * @param xLabel what x is, with its unit
     * @param yLabel what y is, with its unit
     */
    public LinePlot(
            final String title, final String xLabel, final Scale xScale, final String yLabel, final Scale yScale) {
        this.title = title;
        this.xLabel = xLabel;
        this.xScale = xScale;
        this.yLabel = yLabel;
        this.yScale = yScale;
    }

    /** A plot whose x is seconds since the measurement began. */
    public static LinePlot overTime(final String title, final String yLabel, final Scale yScale) {
        return new LinePlot(title, "seconds since the start", Scale.LINEAR, yLabel, yScale);
    }

    /**
     * Adds a series; one without points stands in the legend only.
     *
     * @param xs increasing
     * @param ys as many; NaN interrupts the line
     * @throws IllegalStateException beyond {@link #SERIES_MAX}
     */
    public LinePlot add(final String name, final double[] xs, final double[] ys) {
        if (curves.size() == SERIES_MAX) {
            throw new IllegalStateException("more than " + SERIES_MAX + " series in one plot: " + name);
        }
        curves.add(new Curve(name, xs, ys));
        return this;
    }

    /** The plot as one SVG element. */
    public String svg() {
        final Axis xAxis = axis(xLabel, xScale, curves.stream().map(Curve::xs).toList());
        final Axis yAxis = axis(yLabel, yScale, curves.stream().map(Curve::ys).toList());
        return new PlotDrawing(title, xAxis, yAxis, curves).svg();
    }

    private static Axis axis(final String label, final Scale scale, final List<double[]> values) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (final double[] each : values) {
            for (final double value : each) {
                if (!Double.isNaN(value) && (scale == Scale.LINEAR || value > 0)) {
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
            }
        }
        if (least > most) {
            least = 1;
            most = 1;
        }
        return scale == Scale.LINEAR ? new LinearAxis(label, least, most) : new LogAxis(label + " (log)", least, most);
    }
}
