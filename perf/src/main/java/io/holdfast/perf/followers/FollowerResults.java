package io.holdfast.perf.followers;

import io.holdfast.perf.report.Figure;
import io.holdfast.perf.report.Numbers;
import io.holdfast.perf.report.RunConditions;
import io.holdfast.perf.report.RunRecord;
import io.holdfast.perf.report.TextTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** What one follower did: how fast, how much of what, and whether that is all that it should be. */
public final class FollowerResults {
    private final RunRecord record;
    private final Map<String, Long> counts;
    private final List<String> faults = new ArrayList<>();

    /**
     * @param benchmark its name
     * @param settings all that was asked for, and what lies under it
     * @param counts what was there at the end, in the order in which it is shown
     */
    FollowerResults(
            final String benchmark,
            final Map<String, String> settings,
            final List<Figure> figures,
            final Map<String, Long> counts) {
        this.record = new RunRecord(benchmark, Instant.now(), RunConditions.ofThisProcess(), settings, figures);
        this.counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    }

    /** Notes a fault unless the count is what it should be. */
    FollowerResults expect(final String name, final long wanted) {
        final long found = counts.getOrDefault(name, 0L);
        if (found != wanted) {
            faults.add(Numbers.text(found) + " " + name + ", and there should be " + Numbers.text(wanted));
        }
        return this;
    }

    public Map<String, Long> counts() {
        return counts;
    }

    /** What is not as it should be, a sentence each. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    public RunRecord record() {
        return record;
    }

    /** For a terminal. */
    public String text() {
        final TextTable figures = new TextTable(List.of(record.benchmark(), ""));
        record.figures().forEach(each -> figures.row(List.of(each.name(), each.text())));
        final TextTable found = new TextTable(List.of("at the end", ""));
        counts.forEach((name, count) -> found.row(List.of(name, Numbers.text(count))));
        final StringBuilder conditions = new StringBuilder("measured under\n");
        record.settings().forEach((name, value) -> line(conditions, name, value));
        record.conditions().rows().forEach(row -> line(conditions, row.get(0), row.get(1)));
        return figures.text() + "\n" + found.text() + "\n" + conditions;
    }

    private static void line(final StringBuilder text, final String name, final String value) {
        text.append("  ").append(name).append(": ").append(value).append('\n');
    }

    /** Writes everything as one JSON object. */
    public void write(final JsonGenerator json) {
        json.writeStartObject();
        record.writeProperties(json);
        json.writeName("counts");
        json.writeStartObject();
        counts.forEach(json::writeNumberProperty);
        json.writeEndObject();
        json.writeName("faults");
        json.writeStartArray();
        faults.forEach(json::writeString);
        json.writeEndArray();
        json.writeEndObject();
    }
}
