package io.holdfast.perf.report;

import java.util.ArrayList;
import java.util.List;

/**
 * HdrHistogram's scale: a percentile p lies at log(1 / (1 - p)), so that each further nine takes the same room. Values
 * are decades, {@code log10(1 / (1 - p))}: 0 is the least value, 1 the 90th percentile, 2 the 99th.
 */
final class PercentileAxis implements Axis {
    private static final double MEDIAN = Math.log10(2);

    private final double decades;

    /** @param decades where the axis ends */
    PercentileAxis(final double decades) {
        this.decades = decades;
    }

    @Override
    public String label() {
        return "percentile";
    }

    @Override
    public double place(final double value) {
        return Axis.clamp(value / decades);
    }

    @Override
    public List<Tick> ticks() {
        final List<Tick> ticks = new ArrayList<>();
        ticks.add(new Tick(0, "0"));
        ticks.add(new Tick(MEDIAN, "50"));
        for (int nines = 1; nines <= decades; nines++) {
            ticks.add(new Tick(nines, percentile(nines)));
        }
        return ticks;
    }

    private static String percentile(final int nines) {
        if (nines == 1) {
            return "90";
        }
        return nines == 2 ? "99" : "99." + "9".repeat(nines - 2);
    }
}
