package io.holdfast.perf.report;

import java.util.List;
import org.HdrHistogram.Histogram;
import tools.jackson.core.JsonGenerator;

/**
 * What a table says of a histogram; all in µs.
 *
 * @param count of values
 */
public record LatencySummary(
        long count,
        double meanUs,
        double p50Us,
        double p90Us,
        double p99Us,
        double p999Us,
        double p9999Us,
        double maxUs) {
    private static final double NS_PER_MICRO = 1_000;

    /** @param valuesNs nanoseconds; without values everything is 0 */
    public static LatencySummary of(final Histogram valuesNs) {
        return new LatencySummary(
                valuesNs.getTotalCount(),
                valuesNs.getTotalCount() == 0 ? 0 : valuesNs.getMean() / NS_PER_MICRO,
                at(valuesNs, 50),
                at(valuesNs, 90),
                at(valuesNs, 99),
                at(valuesNs, 99.9),
                at(valuesNs, 99.99),
                valuesNs.getMaxValue() / NS_PER_MICRO);
    }

    private static double at(final Histogram valuesNs, final double percentile) {
        return valuesNs.getTotalCount() == 0 ? 0 : valuesNs.getValueAtPercentile(percentile) / NS_PER_MICRO;
    }

    /** The heads of {@link #cells}. */
    public static List<String> heads() {
        return List.of("count", "mean µs", "p50", "p90", "p99", "p99.9", "p99.99", "max");
    }

    /** The figures as text, for a row of a table. */
    public List<String> cells() {
        return List.of(
                Numbers.text(count),
                Numbers.text(meanUs),
                Numbers.text(p50Us),
                Numbers.text(p90Us),
                Numbers.text(p99Us),
                Numbers.text(p999Us),
                Numbers.text(p9999Us),
                Numbers.text(maxUs));
    }

    /** Writes the figures as one JSON object. */
    public void write(final JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("count", count);
        json.writeNumberProperty("meanUs", meanUs);
        json.writeNumberProperty("p50Us", p50Us);
        json.writeNumberProperty("p90Us", p90Us);
        json.writeNumberProperty("p99Us", p99Us);
        json.writeNumberProperty("p999Us", p999Us);
        json.writeNumberProperty("p9999Us", p9999Us);
        json.writeNumberProperty("maxUs", maxUs);
        json.writeEndObject();
    }
}
