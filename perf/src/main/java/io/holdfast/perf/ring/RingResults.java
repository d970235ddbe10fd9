package io.holdfast.perf.ring;

import io.holdfast.perf.report.Figure;
import io.holdfast.perf.report.LatencySummary;
import io.holdfast.perf.report.Numbers;
import io.holdfast.perf.report.RunConditions;
import io.holdfast.perf.report.RunRecord;
import io.holdfast.perf.report.TextTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import tools.jackson.core.JsonGenerator;

/** What a run of the ring's measurement found. */
public final class RingResults {
    private final RingConfig config;
    private final List<LoadResult> loads;
    private final RunRecord record;

    RingResults(
            final RingConfig config,
            final String fileSystem,
            final List<LoadResult> loads,
            final List<Figure> yardsticks) {
        this.config = config;
        this.loads = List.copyOf(loads);
        final List<Figure> figures = new ArrayList<>(yardsticks);
        loads.forEach(load -> figures.addAll(load.figures()));
        this.record = new RunRecord(
                "ring", Instant.now(), RunConditions.ofThisProcess(), config.settings(fileSystem), figures);
    }

    /** What the history keeps. */
    public RunRecord record() {
        return record;
    }

    /** What does not add up, a sentence each; empty when every answer was the right one. */
    public List<String> faults() {
        return loads.stream().flatMap(load -> load.faults().stream()).toList();
    }

    RingConfig config() {
        return config;
    }

    List<LoadResult> loads() {
        return loads;
    }

    /** Two tables for a terminal: the loads, and the stages of those that were stamped. */
    public String text() {
        final TextTable totals = new TextTable(loadHeads());
        loadRows(RingLoad::name).forEach(totals::row);
        final TextTable stages = new TextTable(stageHeads());
        for (final LoadResult load : loads) {
            stageRows(load).forEach(row -> {
                final List<String> named = new ArrayList<>(row);
                named.set(0, load.load().name() + ": " + row.get(0));
                stages.row(named);
            });
        }
        return totals.text() + "\n" + stages.text();
    }

    static List<String> loadHeads() {
        return List.of(
                "load",
                "answers/s",
                "range",
                "p50 µs",
                "p99",
                "p99.9",
                "p99.99",
                "max",
                "refused",
                "journal full",
                "records/sync",
                "cpu µs",
                "writer µs",
                "writer busy",
                "in sync");
    }

    /** A row for each load, named by the function. */
    List<List<String>> loadRows(final Function<RingLoad, String> name) {
        return loads.stream()
                .map(result -> loadRow(name.apply(result.load()), result))
                .toList();
    }

    private static List<String> loadRow(final String name, final LoadResult result) {
        final LatencySummary total = LatencySummary.of(result.latencies().total());
        final Figure rate = result.rate();
        return List.of(
                name,
                Numbers.text(Math.round(rate.median())),
                Numbers.text(Math.round(rate.least())) + " to " + Numbers.text(Math.round(rate.most())),
                Numbers.text(total.p50Us()),
                Numbers.text(total.p99Us()),
                Numbers.text(total.p999Us()),
                Numbers.text(total.p9999Us()),
                Numbers.text(total.maxUs()),
                Numbers.text(result.refused()),
                Numbers.text(result.journalFull()),
                Numbers.text(result.lastRound().recordsPerSync()),
                Numbers.text(result.lastRound().processorUsPerAnswer()),
                Numbers.text(result.lastRound().writerUsPerRecord()),
                percent(result.lastRound().writerBusy()),
                percent(result.lastRound().writerSyncing()));
    }

    private static String percent(final double share) {
        return String.format(Locale.ROOT, "%.0f%%", 100 * share);
    }

    static List<String> stageHeads() {
        final List<String> heads = new ArrayList<>(LatencySummary.heads());
        heads.add(0, "stage");
        return heads;
    }

    /** A row for each stage and one for the total; none when commands were not stamped. */
    static List<List<String>> stageRows(final LoadResult load) {
        final List<List<String>> rows = new ArrayList<>();
        if (load.load().isStaged()) {
            load.latencies().stages().forEach((stage, histogram) -> rows.add(row(stage.label(), histogram)));
            rows.add(row("total", load.latencies().total()));
        }
        return rows;
    }

    private static List<String> row(final String name, final Histogram histogram) {
        final List<String> row = new ArrayList<>(LatencySummary.of(histogram).cells());
        row.add(0, name);
        return row;
    }

    /** Writes everything as one JSON object. */
    public void write(final JsonGenerator json) {
        json.writeStartObject();
        record.writeProperties(json);
        json.writeName("faults");
        json.writeStartArray();
        faults().forEach(json::writeString);
        json.writeEndArray();
        json.writeName("loads");
        json.writeStartArray();
        loads.forEach(load -> write(json, load));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(final JsonGenerator json, final LoadResult result) {
        json.writeStartObject();
        json.writeStringProperty("name", result.load().name());
        json.writeStringProperty("mix", result.load().mix().label());
        json.writeNumberProperty("ratePerSecond", result.load().ratePerSecond());
        json.writeBooleanProperty("saturated", result.load().isSaturated());
        json.writeNumberProperty("producers", result.load().producers());
        json.writeNumberProperty("granted", result.verdicts().granted());
        json.writeNumberProperty("replayed", result.verdicts().replayed());
        json.writeNumberProperty("soldOut", result.verdicts().soldOut());
        json.writeNumberProperty("refused", result.refused());
        json.writeNumberProperty("journalFull", result.journalFull());
        json.writeNumberProperty("answersPerSecond", result.rate().median());
        json.writeNumberProperty("recordsPerSync", result.lastRound().recordsPerSync());
        json.writeNumberProperty("bytesPerRecord", result.lastRound().bytesPerRecord());
        json.writeName("total");
        LatencySummary.of(result.latencies().total()).write(json);
        if (result.load().isStaged()) {
            json.writeName("stages");
            json.writeStartObject();
            result.latencies().stages().forEach((stage, histogram) -> {
                json.writeName(stage.label());
                LatencySummary.of(histogram).write(json);
            });
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
