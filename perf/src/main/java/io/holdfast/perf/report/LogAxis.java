package io.holdfast.perf.report;

import java.util.ArrayList;
import java.util.List;

/** Equal distances for equal ratios, from and to a 1, 2 or 5 of some decade. */
final class LogAxis implements Axis {
    private static final double[] MANTISSAS = {1, 2, 5};

    /** Beyond so many decades only the decades themselves are written. */
    private static final double DETAILED_DECADES_MAX = 3;

    private final String label;
    private final double low;
    private final double high;

    /**
     * @param least the least positive value
     * @param most the largest value
     */
    LogAxis(final String label, final double least, final double most) {
        this.label = label;
        this.low = least > 0 ? below(least) : 1;
        final double above = most > 0 ? above(most) : 1;
        this.high = above > low ? above : low * 10;
    }

    private static double below(final double value) {
        final double decade = Math.pow(10, Math.floor(Math.log10(value)));
        double found = decade;
        for (final double each : MANTISSAS) {
            found = each * decade <= value ? each * decade : found;
        }
        return found;
    }

    private static double above(final double value) {
        final double decade = Math.pow(10, Math.floor(Math.log10(value)));
        for (final double each : MANTISSAS) {
            if (each * decade >= value) {
                return each * decade;
            }
        }
        return 10 * decade;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public double place(final double value) {
        return value <= low ? 0 : Axis.clamp(Math.log(value / low) / Math.log(high / low));
    }

    @Override
    public List<Tick> ticks() {
        final List<Tick> ticks = new ArrayList<>();
        final boolean isDetailed = Math.log10(high / low) <= DETAILED_DECADES_MAX;
        final int last = (int) Math.ceil(Math.log10(high));
        for (int decade = (int) Math.floor(Math.log10(low)); decade <= last; decade++) {
            for (final double each : MANTISSAS) {
                final double value = each * Math.pow(10, decade);
                if ((isDetailed || each == 1) && isWithin(value)) {
                    ticks.add(new Tick(value, Numbers.text(value)));
                }
            }
        }
        return ticks;
    }

    /** Powers of ten are not exact below 1. */
    private boolean isWithin(final double value) {
        return value >= low * 0.999 && value <= high * 1.001;
    }
}
