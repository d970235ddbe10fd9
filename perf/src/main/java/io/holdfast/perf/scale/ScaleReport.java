package io.holdfast.perf.scale;

import io.holdfast.perf.report.JsonText;
import io.holdfast.perf.report.Numbers;
import io.holdfast.perf.report.RunConditions;
import io.holdfast.perf.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import tools.jackson.core.JsonGenerator;

/** What a run found, for people and for scripts. */
public final class ScaleReport {
    private final ScalePlan plan;
    private final List<String> server;
    private final Findings findings;
    private final RunConditions conditions = RunConditions.ofThisProcess();
    private final Costs costs;
    private final Turn turn;
    private final List<Findings.Fit> fits;
    private final List<Findings.Row> rows;

    /** @param server its command line */
    ScaleReport(final ScalePlan plan, final List<String> server, final Findings findings) {
        this.plan = plan;
        this.server = List.copyOf(server);
        this.findings = findings;
        this.costs = findings.costs();
        this.turn = findings.turn();
        this.fits = findings.fits(conditions.machine().cores());
        this.rows = findings.rows();
    }

    /** For a terminal: what was measured, the model and how it fits, what it says of other machines, and conditions. */
    public String text() {
        final StringBuilder text = new StringBuilder();
        text.append("Processor time of a hold at saturation, µs, by connections:\n\n")
                .append(measured());
        text.append('\n').append(model());
        text.append('\n').append(fit());
        text.append('\n').append(predictions()).append('\n');
        conditions.rows().forEach(row -> line(text, row.get(0), row.get(1)));
        line(text, "server", String.join(" ", server));
        line(
                text,
                "stretches",
                plan.rounds() + " rounds of " + plan.pace().duration().toSeconds() + " s each, behind "
                        + plan.pace().warmUp().toSeconds() + " s to warm up; wrk and the stores on the same machine");
        return text.toString();
    }

    private static void line(final StringBuilder text, final String name, final String value) {
        text.append(name).append(": ").append(value).append('\n');
    }

    private String measured() {
        final List<String> head = new ArrayList<>(List.of(""));
        plan.connections().forEach(each -> head.add(Numbers.text(each.longValue())));
        final TextTable table = new TextTable(head);
        for (final Stage stage : Stage.values()) {
            row(table, stage.title(), each -> each.us(stage));
        }
        row(table, "server and stores behind it, until caught up", Sample::afterUs);
        row(table, "holds a second", each -> Math.rint(each.perSecond()));
        row(table, "records a sync", each -> each.journal().recordsPerSync());
        row(table, "write and sync, µs", each -> each.journal().syncUs());
        row(table, "cores that others took", each -> each.besides().othersCores());
        return table.text();
    }

    private void row(final TextTable table, final String name, final ToDoubleFunction<Sample> value) {
        final List<String> cells = new ArrayList<>(List.of(name));
        plan.connections().forEach(each -> cells.add(Numbers.text(Sample.mean(findings.samples(each), value))));
        table.row(cells);
    }

    private String model() {
        return "The writer: " + Numbers.text(costs.recordUs()) + " µs a record and " + Numbers.text(costs.syncUs())
                + " µs a sync; it naps " + Numbers.text(turn.intervalUs()) + " µs.\n"
                + "The disk, idle: 4 KiB and a sync "
                + Numbers.text(findings.disk().smallUs()) + " µs, 1 MiB "
                + Numbers.text(findings.disk().largeUs()) + " µs: "
                + Numbers.text(turn.diskUs()) + " µs a record where "
                + Numbers.text(Math.rint(turn.batchRecordsMax())) + " share a sync.\n"
                + "The other costs for more cores: those with " + Numbers.text((long) findings.bestConnections())
                + " connections.\n";
    }

    private String fit() {
        final TextTable table = new TextTable(List.of("connections", "measured/s", "model/s", "ratio", "limited by"));
        for (final Findings.Fit each : fits) {
            table.row(List.of(
                    Numbers.text((long) each.connections()),
                    Numbers.text(Math.rint(each.measured())),
                    Numbers.text(Math.rint(each.prediction().perSecond())),
                    Numbers.text(each.ratio()),
                    each.prediction().limit().title()));
        }
        return (findings.isCheckedApart()
                        ? "This machine, the model of the earlier rounds beside the last round:\n\n"
                        : "This machine, the model beside the round that made it:\n\n")
                + table.text();
    }

    private String predictions() {
        final TextTable table = new TextTable(
                List.of("cores", "event loops", "holds/s", "limited by", "best loops", "holds/s", "limited by"));
        for (final Findings.Row each : rows) {
            table.row(List.of(
                    Numbers.text((long) each.cores()),
                    Numbers.text((long) each.byDefault().eventLoops()),
                    Numbers.text(Math.rint(each.byDefault().perSecond())),
                    each.byDefault().limit().title(),
                    Numbers.text((long) each.best().eventLoops()),
                    Numbers.text(Math.rint(each.best().perSecond())),
                    each.best().limit().title()));
        }
        return "More cores, stores beside and what asks on another machine: the model's upper bound, by default and with\n"
                + "the fewest event loops that grant as much as any number (-Dholdfast.eventLoops):\n\n"
                + table.text();
    }

    /** One object on one line. */
    public String json() {
        return JsonText.of(this::write);
    }

    private void write(final JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("benchmark", "scale");
        json.writeName("conditions");
        conditions.write(json);
        json.writeStringProperty("server", String.join(" ", server));
        json.writeNumberProperty("rounds", plan.rounds());
        json.writeNumberProperty("durationSeconds", plan.pace().duration().toSeconds());
        json.writeNumberProperty("warmUpSeconds", plan.pace().warmUp().toSeconds());
        json.writeName("samples");
        json.writeStartArray();
        plan.connections().forEach(each -> findings.samples(each).forEach(sample -> ScaleJson.write(json, sample)));
        json.writeEndArray();
        json.writeName("model");
        ScaleJson.write(json, costs, turn, findings.bestConnections());
        json.writeName("fits");
        json.writeStartArray();
        fits.forEach(each -> ScaleJson.write(json, each));
        json.writeEndArray();
        json.writeName("machines");
        json.writeStartArray();
        rows.forEach(each -> ScaleJson.write(json, each));
        json.writeEndArray();
        json.writeEndObject();
    }
}
