package io.holdfast.perf.report;

import java.util.ArrayList;
import java.util.List;

/** Equal distances for equal differences, from 0 or below, with about six lines. */
final class LinearAxis implements Axis {
    private static final int TICKS_WANTED = 6;

    private final String label;
    private final double low;
    private final double high;
    private final double step;

    LinearAxis(final String label, final double least, final double most) {
        this.label = label;
        this.step = niceStep((Math.max(most, 0) - Math.min(least, 0)) / TICKS_WANTED);
        this.low = Math.floor(Math.min(least, 0) / step) * step;
        this.high = Math.max(low + step, Math.ceil(most / step) * step);
    }

    /** The next of 1, 2, 5, 10, 20, 50 … */
    private static double niceStep(final double raw) {
        if (!(raw > 0) || Double.isInfinite(raw)) {
            return 1;
        }
        final double decade = Math.pow(10, Math.floor(Math.log10(raw)));
        for (final double each : new double[] {1, 2, 5}) {
            if (each * decade >= raw) {
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
        return Axis.clamp((value - low) / (high - low));
    }

    @Override
    public List<Tick> ticks() {
        final List<Tick> ticks = new ArrayList<>();
        final long count = Math.round((high - low) / step);
        for (long i = 0; i <= count; i++) {
            final double value = low + i * step;
            ticks.add(new Tick(value, Numbers.text(value)));
        }
        return ticks;
    }
}
