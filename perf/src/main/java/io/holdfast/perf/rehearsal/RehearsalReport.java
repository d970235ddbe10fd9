package io.holdfast.perf.rehearsal;

import io.holdfast.perf.rehearsal.Finding.Question;
import io.holdfast.perf.report.JsonText;
import io.holdfast.perf.report.LatencySummary;
import io.holdfast.perf.report.RunConditions;
import io.holdfast.perf.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import tools.jackson.core.JsonGenerator;

/** A rehearsal told to people at a terminal and to scripts. */
public final class RehearsalReport {
    private static final double NS_PER_MS = 1e6;

    /** Where the generator's own lag passes this part of the objective, slowness may be the generator's. */
    private static final int LAG_SHARE = 10;

    private final RehearsalResult result;
    private final RunConditions conditions;

    public RehearsalReport(final RehearsalResult result, final RunConditions conditions) {
        this.result = result;
        this.conditions = conditions;
    }

    /** The verdict in one sentence. */
    static String verdict(final RehearsalResult result) {
        final StringBuilder text = new StringBuilder();
        for (final Question question : Question.values()) {
            text.append(question.label())
                    .append(' ')
                    .append(result.isWell(question) ? "no" : "YES")
                    .append(question == Question.SLOW ? "" : ", ");
        }
        return text.toString();
    }

    /** What was done, in words. */
    static List<List<String>> course(final RehearsalResult result) {
        final RehearsalPlan plan = result.plan();
        final Crowd crowd = plan.crowd();
        final Manners manners = plan.manners();
        final Offer offer = plan.offer();
        final RehearsalResult.Effort effort = result.effort();
        return List.of(
                List.of("server", plan.wire().target().toString()),
                List.of(
                        "drop",
                        offer.drop()
                                + (offer.isMade()
                                        ? ", made with " + count(offer.stock()) + " of " + offer.sku()
                                        : ", as it was there")),
                List.of("crowd", count(crowd.buyers()) + " buyers, " + crowd.shape() + ", seed " + crowd.seed()),
                List.of("bots", crowd.bots() + " with " + crowd.botConnections() + " connections each"),
                List.of(
                        "manners",
                        "of those with a hold " + manners.payPercent() + "% pay, " + manners.payTwicePercent()
                                + "% of them twice, " + manners.releasePercent() + "% give it back"),
                List.of(
                        "connections",
                        count(effort.connections()) + " made, " + count(effort.openLinksPeak())
                                + " open at most, " + (plan.isKeptAlive() ? "kept alive" : "one for each request")
                                + ", from "
                                + Math.max(1, plan.wire().sourceCount()) + " addresses"),
                List.of(
                        "requests",
                        count(effort.requests()) + " in " + ms(effort.durationNs()) + " ms, "
                                + String.format(
                                        Locale.ROOT,
                                        "%.1f",
                                        effort.processorNs() / 1e3 / Math.max(1, effort.requests()))
                                + " µs of the generator's each"));
    }

    /** Counts by name, in a line. */
    static String counts(final Map<?, Long> counts) {
        return counts.entrySet().stream()
                .map(each -> each.getKey() + ": " + count(each.getValue()))
                .collect(Collectors.joining(", "));
    }

    static String count(final long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String ms(final long ns) {
        return String.format(Locale.ROOT, "%,.0f", ns / NS_PER_MS);
    }

    /** Whether buyers were sent for so late that slowness may be the generator's. */
    static boolean isGeneratorLate(final RehearsalResult result) {
        return result.ledger().lag().getValueAtPercentile(99) > result.objectiveNs() / LAG_SHARE;
    }

    /** Lines, tables and the verdict. */
    public String text() {
        final Ledger ledger = result.ledger();
        final StringBuilder text = new StringBuilder();
        conditions.rows().forEach(row -> line(text, row.get(0), row.get(1)));
        course(result).forEach(row -> line(text, row.get(0), row.get(1)));
        line(text, "verdicts", counts(ledger.buyersByVerdict()));
        line(text, "bots told", counts(ledger.botsByVerdict()));
        line(text, "came again", counts(ledger.retriesByCause()));
        final List<String> head = new ArrayList<>(List.of("latency, µs"));
        head.addAll(LatencySummary.heads());
        final TextTable latencies = new TextTable(head);
        row(latencies, "verdict (from when due)", ledger.buying());
        row(latencies, "payment (from when due)", ledger.paying());
        row(latencies, "each request (from when sent)", ledger.service());
        row(latencies, "generator's lag", ledger.lag());
        text.append('\n').append(latencies.text()).append('\n');
        for (final Finding finding : result.findings()) {
            text.append(finding.isWell() ? "  well   " : "  WRONG  ")
                    .append(finding.what())
                    .append(": ")
                    .append(finding.detail())
                    .append('\n');
        }
        if (isGeneratorLate(result)) {
            text.append(
                    "  the generator itself was late by more than a tenth of the objective: what is slow may be it\n");
        }
        return text.append('\n').append(verdict(result)).append('\n').toString();
    }

    private static void line(final StringBuilder text, final String name, final String value) {
        if (!value.isEmpty()) {
            text.append(String.format(Locale.ROOT, "%-11s %s%n", name, value));
        }
    }

    private static void row(final TextTable table, final String name, final Histogram valuesNs) {
        final List<String> cells = new ArrayList<>(List.of(name));
        cells.addAll(LatencySummary.of(valuesNs).cells());
        table.row(cells);
    }

    /** One JSON object on one line. */
    public String json() {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringProperty("benchmark", "rehearsal");
            json.writeName("conditions");
            conditions.write(json);
            writeProperties(json, result);
            json.writeEndObject();
        });
    }

    /** Writes the properties of an object that the caller has begun. */
    static void writeProperties(final JsonGenerator json, final RehearsalResult result) {
        final Ledger ledger = result.ledger();
        json.writeBooleanProperty("ok", result.isWell());
        json.writeBooleanProperty("oversold", !result.isWell(Question.OVERSOLD));
        json.writeBooleanProperty("lost", !result.isWell(Question.LOST));
        json.writeBooleanProperty("slow", !result.isWell(Question.SLOW));
        json.writeBooleanProperty("generatorLate", isGeneratorLate(result));
        writeCourse(json, result);
        writeCounts(json, "verdicts", ledger.buyersByVerdict());
        writeCounts(json, "botVerdicts", ledger.botsByVerdict());
        writeCounts(json, "retries", ledger.retriesByCause());
        writeCounts(json, "failures", ledger.failures());
        json.writeNumberProperty("distinctHolds", ledger.grants().size());
        writeFindings(json, result.findings());
        writeLatency(json, "verdict", ledger.buying());
        writeLatency(json, "payment", ledger.paying());
        writeLatency(json, "service", ledger.service());
        writeLatency(json, "generatorLag", ledger.lag());
    }

    private static void writeCourse(final JsonGenerator json, final RehearsalResult result) {
        final RehearsalPlan plan = result.plan();
        json.writeName("plan");
        json.writeStartObject();
        json.writeStringProperty("server", plan.wire().target().toString());
        json.writeStringProperty("drop", plan.offer().drop());
        json.writeBooleanProperty("dropMade", plan.offer().isMade());
        json.writeNumberProperty("stock", plan.offer().stock());
        json.writeNumberProperty("buyers", plan.crowd().buyers());
        json.writeStringProperty("arrivals", plan.crowd().shape());
        json.writeNumberProperty("windowMs", plan.crowd().windowNs() / NS_PER_MS);
        json.writeNumberProperty("seed", plan.crowd().seed());
        json.writeNumberProperty("bots", plan.crowd().bots());
        json.writeNumberProperty("botConnections", plan.crowd().botConnections());
        json.writeBooleanProperty("keptAlive", plan.isKeptAlive());
        json.writeNumberProperty("payPercent", plan.manners().payPercent());
        json.writeNumberProperty("payTwicePercent", plan.manners().payTwicePercent());
        json.writeNumberProperty("releasePercent", plan.manners().releasePercent());
        json.writeNumberProperty("objectiveP99Ms", result.objectiveNs() / NS_PER_MS);
        json.writeEndObject();
        json.writeStringProperty("run", result.run());
        json.writeNumberProperty("durationMs", result.effort().durationNs() / NS_PER_MS);
        json.writeNumberProperty("requests", result.effort().requests());
        json.writeNumberProperty("connectionsMade", result.effort().connections());
        json.writeNumberProperty("openConnectionsPeak", result.effort().openLinksPeak());
    }

    private static void writeCounts(final JsonGenerator json, final String name, final Map<?, Long> counts) {
        json.writeName(name);
        json.writeStartObject();
        counts.forEach((key, count) -> json.writeNumberProperty(key.toString(), count));
        json.writeEndObject();
    }

    private static void writeFindings(final JsonGenerator json, final List<Finding> findings) {
        json.writeName("findings");
        json.writeStartArray();
        for (final Finding finding : findings) {
            json.writeStartObject();
            json.writeStringProperty("question", finding.question().name().toLowerCase(Locale.ROOT));
            json.writeStringProperty("what", finding.what());
            json.writeBooleanProperty("ok", finding.isWell());
            json.writeStringProperty("detail", finding.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeLatency(final JsonGenerator json, final String name, final Histogram valuesNs) {
        json.writeName(name);
        LatencySummary.of(valuesNs).write(json);
    }
}
