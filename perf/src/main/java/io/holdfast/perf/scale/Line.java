package io.holdfast.perf.scale;

/**
 * What something costs: a fixed part, and a part for each unit of something else. Both are costs, so neither is negative.
 */
record Line(double fixed, double slope) {
    /**
     * The line with the least squares among those.
     *
     * @throws IllegalArgumentException when fewer than two points differ in x: then no line can tell the parts apart
     */
    static Line through(final double[] x, final double[] y) {
        final double meanX = mean(x);
        final double meanY = mean(y);
        double xx = 0;
        double xy = 0;
        double originXx = 0;
        double originXy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
            originXx += x[i] * x[i];
            originXy += x[i] * y[i];
        }
        if (!(xx > 0) || !Double.isFinite(xx + xy)) {
            throw new IllegalArgumentException(
                    "the fixed part of a cost cannot be told from the other by points that do" + " not differ: "
                            + x.length + " of " + meanX);
        }
        final double slope = xy / xx;
        if (slope < 0) {
            return new Line(meanY, 0);
        }
        final double fixed = meanY - slope * meanX;
        return fixed < 0 ? new Line(0, originXy / originXx) : new Line(fixed, slope);
    }

    double at(final double x) {
        return fixed + slope * x;
    }

    private static double mean(final double[] values) {
        double sum = 0;
        for (final double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
