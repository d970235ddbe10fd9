package io.holdfast.perf.ring;

import io.holdfast.perf.report.Figure;
import io.holdfast.perf.report.Goal;
import io.holdfast.perf.report.RunConditions;
import io.holdfast.perf.report.RunRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import tools.jackson.core.JsonGenerator;

/** Several starts over the same history. */
public final class RecoveryResults {
    private final List<StartResult> starts;
    private final RunRecord record;

    /**
     * @param starts at least one
     * @param settings how the history was made
     */
    public RecoveryResults(final List<StartResult> starts, final Map<String, String> settings) {
        this.starts = List.copyOf(starts);
        this.record = new RunRecord(
                "recovery",
                Instant.now(),
                RunConditions.ofThisProcess(),
                settings,
                List.of(
                        figure("ready", "s", Goal.LOWER, start -> start.figure(StartResult.READY_SECONDS)),
                        figure("records until ready", "1/s", Goal.HIGHER, StartResult::recordsPerSecond),
                        figure("open", "s", Goal.LOWER, start -> start.figure(StartResult.OPEN_SECONDS)),
                        figure("snapshot", "s", Goal.LOWER, start -> start.figure(StartResult.SNAPSHOT_SECONDS)),
                        figure("tail", "s", Goal.LOWER, start -> start.figure(StartResult.TAIL_SECONDS)),
                        figure(
                                "processor, all threads",
                                "s",
                                Goal.LOWER,
                                start -> start.figure(StartResult.PROCESSOR_SECONDS)),
                        figure(
                                "resident at most",
                                "MiB",
                                Goal.LOWER,
                                start -> start.figure(StartResult.RESIDENT_MIB_MAX))));
    }

    private Figure figure(
            final String name, final String unit, final Goal goal, final ToDoubleFunction<StartResult> value) {
        return new Figure(
                name, unit, goal, starts.stream().mapToDouble(value).boxed().toList());
    }

    /** What the history keeps. */
    public RunRecord record() {
        return record;
    }

    /** Whether all starts came to the same state. */
    public boolean isOneState() {
        return starts.stream().map(StartResult::stateHash).distinct().count() == 1;
    }

    /** The last start, and each figure of all of them; a line each. */
    public List<String> lines() {
        final ArrayList<String> lines =
                new ArrayList<>(starts.get(starts.size() - 1).lines());
        record.figures().forEach(figure -> lines.add(figure.name() + ": " + figure.text()));
        return lines;
    }

    /** Writes everything as one JSON object. */
    public void write(final JsonGenerator json) {
        json.writeStartObject();
        record.writeProperties(json);
        json.writeName("starts");
        json.writeStartArray();
        starts.forEach(start -> start.write(json));
        json.writeEndArray();
        json.writeEndObject();
    }
}
