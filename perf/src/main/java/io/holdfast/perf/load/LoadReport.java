package io.holdfast.perf.load;

import io.holdfast.perf.report.JsonText;
import io.holdfast.perf.report.LatencySummary;
import io.holdfast.perf.report.RunConditions;
import io.holdfast.perf.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import tools.jackson.core.JsonGenerator;

/** A run told to people and to scripts, with the conditions under which it was made. */
public final class LoadReport {
    private static final double NS_PER_MICRO = 1_000;
    private static final double SHARE_OF_LAG = 0.1;

    private final LoadPlan plan;
    private final String shape;
    private final LoadResult result;
    private final RunConditions conditions = RunConditions.ofThisProcess();

    /** @param shape of the load, in words */
    public LoadReport(final LoadPlan plan, final String shape, final LoadResult result) {
        this.plan = plan;
        this.shape = shape;
        this.result = result;
    }

    /** Some lines and a table. */
    public String text() {
        final Outcome outcome = result.outcome();
        final Effort effort = result.effort();
        final StringBuilder text = new StringBuilder();
        conditions.rows().forEach(row -> line(text, row.get(0), row.get(1)));
        line(text, "target", plan.wire().target().toString());
        line(text, "load", shape + ", " + connectionsText());
        line(
                text,
                "answered",
                String.format(
                        Locale.ROOT,
                        "%,d of %,d, %,.0f/s",
                        outcome.answered(),
                        outcome.due(),
                        result.answeredPerSecond()));
        line(text, "status", counts(outcome.statuses()));
        line(text, "refusals", counts(outcome.problems()));
        outcome.failures()
                .forEach((failure, count) -> line(
                        text,
                        failure.label(),
                        count + ", the first: " + outcome.failureDetails().get(failure)));
        line(text, "held back", effort.heldBack() + " found no connection free when they were due");
        line(
                text,
                "generator",
                String.format(
                        Locale.ROOT,
                        "%.2f µs processor time a request, %.2f of them its own code",
                        perRequestUs(effort.processorNs()),
                        perRequestUs(effort.userNs())));
        final List<String> head = new ArrayList<>(List.of("latency, µs"));
        head.addAll(LatencySummary.heads());
        final TextTable table = new TextTable(head);
        row(table, "response (from when due)", result.latencies().response());
        row(table, "service (from when sent)", result.latencies().service());
        row(table, "generator's lag", result.latencies().lag());
        text.append('\n').append(table.text());
        if (isLagLarge()) {
            text.append(
                    "the generator's own lag exceeds a tenth of the response's median: read the service times, too\n");
        }
        return text.toString();
    }

    private static void line(final StringBuilder text, final String name, final String value) {
        if (!value.isEmpty()) {
            text.append(String.format(Locale.ROOT, "%-10s %s%n", name, value));
        }
    }

    private static String counts(final Map<?, Long> counts) {
        return counts.entrySet().stream()
                .map(each -> each.getKey() + ": " + String.format(Locale.ROOT, "%,d", each.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static void row(final TextTable table, final String name, final Histogram valuesNs) {
        final List<String> cells = new ArrayList<>(List.of(name));
        cells.addAll(LatencySummary.of(valuesNs).cells());
        table.row(cells);
    }

    private String connectionsText() {
        return plan.isNewEachRequest()
                ? "a new connection each time, " + plan.connections() + " open at most, from "
                        + Math.max(1, plan.wire().sourceCount()) + " addresses"
                : plan.connections() + " connections kept alive";
    }

    private double perRequestUs(final long ns) {
        return result.outcome().answered() == 0
                ? 0
                : ns / NS_PER_MICRO / result.effort().sent();
    }

    private boolean isLagLarge() {
        final Latencies latencies = result.latencies();
        return latencies.lag().getTotalCount() > 0
                && latencies.lag().getValueAtPercentile(50)
                        > SHARE_OF_LAG * latencies.response().getValueAtPercentile(50);
    }

    /** One JSON object on one line. */
    public String json() {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringProperty("benchmark", "http");
            json.writeName("conditions");
            conditions.write(json);
            writeLoad(json);
            writeOutcome(json);
            writeLatencies(json);
            json.writeEndObject();
        });
    }

    private void writeLoad(final JsonGenerator json) {
        json.writeName("load");
        json.writeStartObject();
        json.writeStringProperty("target", plan.wire().target().toString());
        json.writeStringProperty("shape", shape);
        json.writeNumberProperty("connections", plan.connections());
        json.writeBooleanProperty("newConnectionEachRequest", plan.isNewEachRequest());
        json.writeNumberProperty("sourceAddresses", plan.wire().sourceCount());
        json.writeNumberProperty("threads", plan.loops());
        json.writeNumberProperty("spinNs", plan.wire().spinNs());
        json.writeNumberProperty("warmUpMs", TimeUnit.NANOSECONDS.toMillis(plan.warmUpNs()));
        json.writeNumberProperty("timeoutMs", TimeUnit.NANOSECONDS.toMillis(plan.timeoutNs()));
        json.writeEndObject();
    }

    private void writeOutcome(final JsonGenerator json) {
        final Outcome outcome = result.outcome();
        json.writeNumberProperty("due", outcome.due());
        json.writeNumberProperty("answered", outcome.answered());
        json.writeNumberProperty("unanswered", outcome.unanswered());
        json.writeNumberProperty("answeredPerSecond", result.answeredPerSecond());
        json.writeNumberProperty("lastAnswerAfterMs", result.lastAnswerAfterNs() / NS_PER_MICRO / NS_PER_MICRO);
        json.writeNumberProperty("heldBack", result.effort().heldBack());
        json.writeNumberProperty("connectionsMade", result.effort().connections());
        json.writeNumberProperty("openConnectionsPeak", result.effort().openLinksPeak());
        counts(json, "statuses", outcome.statuses());
        counts(json, "refusals", outcome.problems());
        counts(json, "failures", outcome.failures());
        json.writeNumberProperty(
                "generatorUsPerRequest", perRequestUs(result.effort().processorNs()));
        json.writeNumberProperty(
                "generatorOwnUsPerRequest", perRequestUs(result.effort().userNs()));
    }

    private static void counts(final JsonGenerator json, final String name, final Map<?, Long> counts) {
        json.writeName(name);
        json.writeStartObject();
        counts.forEach((key, count) ->
                json.writeNumberProperty(key instanceof Failure failure ? failure.label() : key.toString(), count));
        json.writeEndObject();
    }

    private void writeLatencies(final JsonGenerator json) {
        json.writeName("response");
        LatencySummary.of(result.latencies().response()).write(json);
        json.writeName("service");
        LatencySummary.of(result.latencies().service()).write(json);
        json.writeName("generatorLag");
        LatencySummary.of(result.latencies().lag()).write(json);
    }
}
