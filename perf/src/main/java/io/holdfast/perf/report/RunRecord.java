package io.holdfast.perf.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/**
 * One run of a benchmark: what a {@link RunHistory} keeps.
 *
 * @param benchmark its name, {@code ring}
 * @param at when it ended
 * @param settings everything that was asked for and changes the figures; not where files lie
 * @param figures in the order in which they are shown
 */
public record RunRecord(
        String benchmark,
        Instant at,
        RunConditions conditions,
        SortedMap<String, String> settings,
        List<Figure> figures) {
    public RunRecord(
            final String benchmark,
            final Instant at,
            final RunConditions conditions,
            final Map<String, String> settings,
            final List<Figure> figures) {
        this(benchmark, at, conditions, new TreeMap<>(settings), List.copyOf(figures));
    }

    /** Whether the two may be compared: the same benchmark and settings, on the same machine. */
    public boolean isComparableTo(final RunRecord other) {
        return benchmark.equals(other.benchmark)
                && settings.equals(other.settings)
                && conditions.machine().equals(other.conditions.machine());
    }

    /** The figure of that name. */
    public Optional<Figure> figure(final String name) {
        return figures.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** Writes the run as one JSON object. */
    public void write(final JsonGenerator json) {
        json.writeStartObject();
        writeProperties(json);
        json.writeEndObject();
    }

    /** Writes the properties of an object that the caller has begun, and may say more in. */
    public void writeProperties(final JsonGenerator json) {
        json.writeStringProperty("benchmark", benchmark);
        json.writeStringProperty("at", at.toString());
        json.writeName("conditions");
        conditions.write(json);
        json.writeName("settings");
        json.writeStartObject();
        settings.forEach(json::writeStringProperty);
        json.writeEndObject();
        json.writeName("figures");
        json.writeStartArray();
        figures.forEach(figure -> write(json, figure));
        json.writeEndArray();
    }

    private static void write(final JsonGenerator json, final Figure figure) {
        json.writeStartObject();
        json.writeStringProperty("name", figure.name());
        json.writeStringProperty("unit", figure.unit());
        json.writeStringProperty("goal", figure.goal().name());
        json.writeName("rounds");
        json.writeStartArray();
        figure.rounds().forEach(json::writeNumber);
        json.writeEndArray();
        json.writeEndObject();
    }
}
