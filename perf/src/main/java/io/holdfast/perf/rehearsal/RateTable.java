package io.holdfast.perf.rehearsal;

import io.holdfast.perf.report.JsonText;
import io.holdfast.perf.report.RunConditions;
import io.holdfast.perf.report.TextTable;
import java.util.List;
import java.util.Locale;

/** The steps of a search for a rate, told to people and to scripts. */
public final class RateTable {
    private RateTable() {}

    static List<String> heads() {
        return List.of("buyers/s", "buyers", "p50 ms", "p99 ms", "p99.9 ms", "generator's lag p99 ms", "verdict");
    }

    static List<List<String>> rows(final List<RateSearch.Step> steps) {
        return steps.stream().map(RateTable::row).toList();
    }

    private static List<String> row(final RateSearch.Step step) {
        final Ledger ledger = step.result().ledger();
        return List.of(
                String.format(Locale.ROOT, "%,.0f", step.rate()),
                RehearsalReport.count(step.result().plan().crowd().buyers()),
                ms(ledger.buying().getValueAtPercentile(50)),
                ms(ledger.buying().getValueAtPercentile(99)),
                ms(ledger.buying().getValueAtPercentile(99.9)),
                ms(ledger.lag().getValueAtPercentile(99)),
                step.result().isWell() ? "held" : RehearsalReport.verdict(step.result()));
    }

    private static String ms(final long ns) {
        return String.format(Locale.ROOT, "%,.2f", ns / 1e6);
    }

    /** One step in one line. */
    public static String line(final RateSearch.Step step) {
        final List<String> row = row(step);
        return row.get(0) + " buyers/s: p99 " + row.get(3) + " ms, " + row.get(6);
    }

    /** A table, and what held. */
    public static String text(final List<RateSearch.Step> steps, final RunConditions conditions) {
        final TextTable table = new TextTable(heads());
        rows(steps).forEach(table::row);
        final double best = RateSearch.best(steps);
        final StringBuilder text = new StringBuilder();
        conditions.rows().forEach(row -> text.append(String.format(Locale.ROOT, "%-11s %s%n", row.get(0), row.get(1))));
        text.append('\n').append(table.text()).append('\n');
        if (steps.stream().anyMatch(step -> RehearsalReport.isGeneratorLate(step.result()))) {
            text.append("the generator itself was late in some steps: the limit may be it\n");
        }
        return text.append(
                        best > 0 ? String.format(Locale.ROOT, "held: %,.0f buyers a second%n", best) : "held: none\n")
                .toString();
    }

    /** One JSON object on one line. */
    public static String json(final List<RateSearch.Step> steps, final RunConditions conditions) {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringProperty("benchmark", "rehearsal-rate");
            json.writeName("conditions");
            conditions.write(json);
            json.writeNumberProperty("buyersPerSecondHeld", RateSearch.best(steps));
            json.writeName("steps");
            json.writeStartArray();
            for (final RateSearch.Step step : steps) {
                json.writeStartObject();
                json.writeNumberProperty("buyersPerSecond", step.rate());
                RehearsalReport.writeProperties(json, step.result());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
