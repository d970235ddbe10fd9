package io.holdfast.perf.ring;

import io.holdfast.perf.report.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/**
 * How one start went, from an unopened journal to the recovered state.
 *
 * @param figures seconds, counts and bytes by name
 * @param stateHash of what was recovered
 */
public record StartResult(Map<String, Double> figures, String stateHash) {
    static final String OPEN_SECONDS = "openSeconds";
    static final String SNAPSHOT_SECONDS = "snapshotSeconds";
    static final String SNAPSHOT_MADE_SECONDS = "snapshotMadeSeconds";
    static final String TAIL_SECONDS = "tailSeconds";
    static final String READY_SECONDS = "readySeconds";
    static final String PROCESSOR_SECONDS = "processorSeconds";
    static final String VERIFIED_RECORDS = "verifiedRecords";
    static final String TAIL_RECORDS = "tailRecords";
    static final String RECORDS = "records";
    static final String LIVE_HOLDS = "liveHolds";
    static final String BYTES = "bytes";
    static final String RESIDENT_MIB_MAX = "residentMibMax";

    public StartResult {
        figures = new TreeMap<>(figures);
    }

    double figure(final String name) {
        return figures.getOrDefault(name, 0.0);
    }

    /** Records of the whole history for each second until ready. */
    double recordsPerSecond() {
        return figure(RECORDS) / figure(READY_SECONDS);
    }

    private static double rate(final double records, final double seconds) {
        return seconds > 0 ? records / seconds : 0;
    }

    /** For people, a line each. */
    public List<String> lines() {
        final List<String> lines = new ArrayList<>(List.of(
                "ready after " + seconds(READY_SECONDS) + ": " + count(RECORDS) + " records, "
                        + millions(recordsPerSecond()) + " a second; " + count(BYTES) + " bytes on disk",
                "  opened in " + seconds(OPEN_SECONDS) + ": " + count(VERIFIED_RECORDS) + " records verified, "
                        + millions(rate(figure(VERIFIED_RECORDS), figure(OPEN_SECONDS))) + " a second",
                "  snapshot loaded " + seconds(SNAPSHOT_SECONDS) + " later",
                "  tail applied in " + seconds(TAIL_SECONDS) + ": " + count(TAIL_RECORDS) + " records, "
                        + millions(rate(figure(TAIL_RECORDS), figure(TAIL_SECONDS))) + " a second",
                "processor time of all threads " + seconds(PROCESSOR_SECONDS) + ", at most " + count(RESIDENT_MIB_MAX)
                        + " MiB resident, " + count(LIVE_HOLDS) + " live holds, state hash " + stateHash));
        if (figures.containsKey(SNAPSHOT_MADE_SECONDS)) {
            lines.add("snapshot made in " + seconds(SNAPSHOT_MADE_SECONDS));
        }
        return lines;
    }

    private String seconds(final String name) {
        return String.format(Locale.ROOT, "%.2f s", figure(name));
    }

    private String count(final String name) {
        return Numbers.text(Math.round(figure(name)));
    }

    private static String millions(final double rate) {
        return String.format(Locale.ROOT, "%.2f M", rate / 1e6);
    }

    /** Writes it as one JSON object. */
    public void write(final JsonGenerator json) {
        json.writeStartObject();
        figures.forEach(json::writeNumberProperty);
        json.writeStringProperty("stateHash", stateHash);
        json.writeEndObject();
    }
}
