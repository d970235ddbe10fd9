package io.holdfast.perf.report;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * A plot of latencies by percentile: x on HdrHistogram's scale, where each further nine takes the same room, y in µs,
 * logarithmic. A series ends at the percentile that its count supports: its maximum stands there.
 *
 * <p>Not thread-safe. The histograms are read when added, and not kept.
 */
public final class PercentilePlot {
    /** Series that one plot takes. */
    public static final int SERIES_MAX = PlotDrawing.CURVES_MAX;

    private static final int POINTS = 300;
    private static final double NS_PER_MICRO = 1_000;

    /** A hundred million values; what lies beyond is one value's story. */
    private static final double DECADES_MAX = 8;

    private final String title;
    private final List<Curve> curves = new ArrayList<>();
    private double decades = 2;
    private double leastUs = Double.POSITIVE_INFINITY;
    private double mostUs;

    public PercentilePlot(final String title) {
        this.title = title;
    }

    /**
     * Adds a series; one without values stands in the legend only.
     *
     * @param name as the legend says it
     * @param valuesNs nanoseconds
     * @throws IllegalStateException beyond {@link #SERIES_MAX}
     */
    public PercentilePlot add(final String name, final Histogram valuesNs) {
        if (curves.size() == SERIES_MAX) {
            throw new IllegalStateException("more than " + SERIES_MAX + " series in one plot: " + name);
        }
        final long count = valuesNs.getTotalCount();
        final int points = count == 0 ? 0 : POINTS + 1;
        final double[] xs = new double[points];
        final double[] ys = new double[points];
        final double end = Math.min(DECADES_MAX, Math.log10(Math.max(2, count)));
        for (int i = 0; i < points; i++) {
            xs[i] = end * i / POINTS;
            final double percentile = i == POINTS ? 100 : 100 * (1 - Math.pow(10, -xs[i]));
            ys[i] = valuesNs.getValueAtPercentile(percentile) / NS_PER_MICRO;
            leastUs = ys[i] > 0 ? Math.min(leastUs, ys[i]) : leastUs;
            mostUs = Math.max(mostUs, ys[i]);
        }
        decades = Math.max(decades, count == 0 ? 0 : end);
        curves.add(new Curve(name, xs, ys));
        return this;
    }

    /** The plot as one SVG element. */
    public String svg() {
        final Axis latency = new LogAxis("latency, µs (log)", Double.isInfinite(leastUs) ? 1 : leastUs, mostUs);
        return new PlotDrawing(title, new PercentileAxis(decades), latency, curves).svg();
    }
}
