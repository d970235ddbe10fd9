package io.holdfast.perf.compare;

import io.holdfast.perf.report.Figure;
import io.holdfast.perf.report.JsonText;
import io.holdfast.perf.report.TextTable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** Writes a comparison down for people, for a document, and for scripts. */
public final class CompareWriter {
    private final CompareReport report;
    private final String command;

    /** @param command that measured it, to be repeated */
    public CompareWriter(final CompareReport report, final String command) {
        this.report = report;
        this.command = command;
    }

    /** For a terminal. */
    public String text() {
        final StringBuilder text = new StringBuilder();
        report.conditions()
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append('\n'));
        text.append('\n').append(table(CompareReport.GOALS_HEAD, report.goalRows()));
        text.append('\n').append(table(report.figuresHead(), report.figureRows()));
        report.remarks().forEach(remark -> text.append(remark).append('\n'));
        return text.toString();
    }

    private static String table(final List<String> head, final List<List<String>> rows) {
        final TextTable table = new TextTable(head);
        rows.forEach(table::row);
        return table.text();
    }

    /** For a document: the goals first, then under which conditions, then every figure. */
    public String markdown() {
        final StringBuilder text = new StringBuilder();
        text.append("Measured on ")
                .append(report.record().at())
                .append(" by `")
                .append(command)
                .append("`:\n\n");
        markdownTable(text, CompareReport.GOALS_HEAD, report.goalRows());
        text.append('\n');
        report.remarks()
                .forEach(remark -> text.append("- ").append(escape(remark)).append('\n'));
        text.append("\nConditions:\n\n");
        report.conditions()
                .forEach((name, value) -> text.append("- ")
                        .append(name)
                        .append(": ")
                        .append(escape(value))
                        .append('\n'));
        text.append("\nEvery figure:\n\n");
        markdownTable(text, report.figuresHead(), report.figureRows());
        return text.toString();
    }

    private static void markdownTable(
            final StringBuilder text, final List<String> head, final List<List<String>> rows) {
        line(text, head);
        line(text, head.stream().map(cell -> "---").toList());
        rows.forEach(row -> line(text, row));
    }

    private static void line(final StringBuilder text, final List<String> cells) {
        text.append(cells.stream().map(CompareWriter::escape).collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    private static String escape(final String cell) {
        return cell.replace("|", "\\|").replace('\n', ' ').replace("<", "&lt;");
    }

    /** One object on one line. */
    public String json() {
        return JsonText.of(json -> {
            json.writeStartObject();
            report.record().writeProperties(json);
            json.writeName("measuredUnder");
            json.writeStartObject();
            report.conditions().forEach(json::writeStringProperty);
            json.writeEndObject();
            json.writeName("goals");
            json.writeStartArray();
            report.findings().forEach(finding -> write(json, finding));
            json.writeEndArray();
            json.writeName("remarks");
            json.writeStartArray();
            report.remarks().forEach(json::writeString);
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(final JsonGenerator json, final Finding finding) {
        json.writeStartObject();
        json.writeStringProperty("row", finding.aim().row());
        json.writeStringProperty("goal", finding.aim().text());
        json.writeNumberProperty("bound", finding.aim().bound());
        json.writeStringProperty("unit", finding.aim().metric().unit());
        write(json, "holdfast", finding.product());
        write(json, "bareNetty", finding.bare());
        write(json, "redis", finding.redis());
        write(json, "judged", finding.judged());
        json.writeStringProperty("outcome", finding.outcome().text());
        json.writeEndObject();
    }

    private static void write(final JsonGenerator json, final String name, final Optional<Figure> figure) {
        if (figure.isPresent()) {
            json.writeName(name);
            json.writeStartObject();
            json.writeNumberProperty("median", figure.get().median());
            json.writeNumberProperty("least", figure.get().least());
            json.writeNumberProperty("most", figure.get().most());
            json.writeEndObject();
        }
    }
}
