package io.holdfast.perf.report;

import java.util.Locale;

/** Figures as people read them, the same in every locale. */
public final class Numbers {
    private static final double SMALL = 10;
    private static final double MIDDLE = 100;

    private Numbers() {}

    /** With thousands separated, and as many decimals as still tell something: 12,345, 123, 45.6, 1.23, 0.004. */
    public static String text(final double value) {
        final double size = Math.abs(value);
        if (Double.isNaN(value)) {
            return "-";
        }
        if (size >= MIDDLE || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (size >= SMALL) {
            return String.format(Locale.ROOT, "%.1f", value);
        }
        return String.format(Locale.ROOT, size >= 1 ? "%.2f" : "%.3f", value);
    }

    /** With thousands separated. */
    public static String text(final long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
