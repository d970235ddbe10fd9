package io.holdfast.perf.jmh;

import io.holdfast.perf.report.JsonText;
import io.holdfast.perf.report.Numbers;
import io.holdfast.perf.report.RunConditions;
import io.holdfast.perf.report.RunRecord;
import io.holdfast.perf.report.TextTable;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import tools.jackson.core.JsonGenerator;

/** The results of a run, as a table and as JSON. */
public final class JmhReport {
    private static final String NOTHING = "-";

    private final Collection<RunResult> results;
    private final List<Measurement> measurements;
    private final List<CoreGoals.Verdict> verdicts;
    private final RunRecord run;

    public JmhReport(final JmhPlan plan, final Collection<RunResult> results) {
        this.results = List.copyOf(results);
        this.measurements = results.stream().map(Measurement::of).toList();
        this.verdicts = CoreGoals.verdicts(measurements);
        this.run = new RunRecord(
                "jmh",
                Instant.now(),
                RunConditions.ofThisProcess(),
                plan.settings(),
                measurements.stream()
                        .flatMap(each -> Stream.of(each.time(), each.allocated()))
                        .toList());
    }

    /** What a history keeps. */
    public RunRecord run() {
        return run;
    }

    /** Figures by benchmark, then the goals, then how it was measured. */
    public String text() {
        final StringBuilder text = new StringBuilder(figures());
        if (!verdicts.isEmpty()) {
            text.append('\n').append(goals());
        }
        text.append('\n');
        run.conditions().rows().forEach(row -> line(text, row.get(0), row.get(1)));
        run.settings().forEach((name, value) -> line(text, name, value));
        return text.toString();
    }

    private static void line(final StringBuilder text, final String name, final String value) {
        text.append(name).append(": ").append(value).append('\n');
    }

    private String figures() {
        final Optional<Double> yardstickNs = Yardstick.ns(measurements);
        final TextTable table =
                new TextTable(List.of("benchmark", "parameters", "ns/op", "least", "most", "B/op", "x Disruptor"));
        for (final Measurement each : measurements) {
            table.row(List.of(
                    each.benchmark(),
                    each.parameterText(),
                    Numbers.text(each.time().median()),
                    Numbers.text(each.time().least()),
                    Numbers.text(each.time().most()),
                    Numbers.text(each.allocated().least()),
                    yardstickNs
                            .map(ns -> Numbers.text(each.time().median() / ns))
                            .orElse(NOTHING)));
        }
        return table.text()
                + "ns/op: median of the iterations' medians, and their range. B/op: the least of an iteration,"
                + " of all threads,\nJMH's own and what was undone between samples with it.\n";
    }

    private String goals() {
        final TextTable table = new TextTable(List.of("goal", "is to be", "is", ""));
        for (final CoreGoals.Verdict each : verdicts) {
            table.row(List.of(
                    each.name(), each.limitText(), each.figureText(), each.isReached() ? "reached" : "NOT REACHED"));
        }
        return table.text();
    }

    /** One JSON object; what JMH itself has to say stands in it as {@code jmh}. */
    public String json() {
        return JsonText.of(this::write);
    }

    private void write(final JsonGenerator json) {
        json.writeStartObject();
        run.writeProperties(json);
        Yardstick.ns(measurements).ifPresent(ns -> json.writeNumberProperty("yardstickNs", ns));
        json.writeName("goals");
        json.writeStartArray();
        for (final CoreGoals.Verdict each : verdicts) {
            json.writeStartObject();
            json.writeStringProperty("name", each.name());
            json.writeStringProperty("unit", each.unit());
            json.writeNumberProperty("limit", each.limit());
            json.writeNumberProperty("figure", each.figure());
            json.writeBooleanProperty("reached", each.isReached());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeName("jmh");
        json.writeRawValue(jmhJson());
        json.writeEndObject();
    }

    private String jmhJson() {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream stream = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, stream).writeOut(results);
        }
        return bytes.toString(StandardCharsets.UTF_8).strip();
    }
}
