package io.holdfast.gateway.audit;

import io.holdfast.core.JournalRecord;
import io.holdfast.gateway.json.JsonBuffer;
import io.holdfast.journal.JournalStat;
import java.time.Instant;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Map;
import java.util.TreeMap;

/** Counts what is in a journal. */
public final class Statistics {
    private final MessageSchema schema = MessageSchema.load();
    private final Map<Integer, Long> commands = new TreeMap<>();
    private final Map<Integer, Long> events = new TreeMap<>();
    private final Output output;

    private long firstSequence;
    private long firstTimeMs;

    /** Prints to the output. */
    public Statistics(final Output output) {
        this.output = output;
    }

    /**
     * Reads the journal and prints what was found.
     *
     * @param isJson for a script, or for people
     */
    public void run(final JournalScan scan, final boolean isJson) {
        scan.run(this::count);
        if (isJson) {
            output.write(json(scan.stat()));
        } else {
            print(scan.stat());
        }
        output.flush();
    }

    private boolean count(final long position, final long sequence, final long timeMs, final JournalRecord record) {
        if (firstSequence == 0) {
            firstSequence = sequence;
            firstTimeMs = timeMs;
        }
        commands.merge(schema.templateId(record.buffer(), record.commandOffset()), 1L, Long::sum);
        while (record.nextEvent()) {
            events.merge(schema.templateId(record.buffer(), record.eventOffset()), 1L, Long::sum);
        }
        return true;
    }

    private void print(final JournalStat stat) {
        line("journal", stat.journalId());
        line("positions", stat.firstPosition() + " to " + stat.position());
        line("segments", stat.segmentCount());
        line(
                "batches",
                stat.batchCount() + ", the last one " + stat.lastType()
                        + (stat.isTailUnfinished() ? ", then an unfinished one" : ""));
        line("starts", stat.openBatchCount() + ", clean stops " + stat.closeBatchCount());
        line("records", stat.recordCount());
        if (stat.recordCount() > 0) {
            line("sequences", firstSequence + " to " + stat.lastSequence());
            line("first time", time(firstTimeMs));
            line("last time", time(stat.lastTimeMs()));
        }
        counts("commands", commands);
        counts("events", events);
    }

    private void line(final String name, final Object value) {
        output.line(String.format("%-12s %s", name, value));
    }

    private void counts(final String title, final Map<Integer, Long> counts) {
        output.line(title);
        counts.forEach(
                (templateId, count) -> output.line(String.format("  %-20s %12d", schema.name(templateId), count)));
    }

    private static String time(final long timeMs) {
        return new DateTimeFormatterBuilder().appendInstant(3).toFormatter().format(Instant.ofEpochMilli(timeMs));
    }

    private JsonBuffer json(final JournalStat stat) {
        final JsonBuffer json = new JsonBuffer();
        json.raw("{\"journal\":\"").raw(stat.journalId().toString()).raw('"');
        member(json, "firstPosition", stat.firstPosition());
        member(json, "position", stat.position());
        member(json, "segments", stat.segmentCount());
        member(json, "batches", stat.batchCount());
        member(json, "starts", stat.openBatchCount());
        member(json, "cleanStops", stat.closeBatchCount());
        json.raw(",\"unfinishedTail\":").raw(Boolean.toString(stat.isTailUnfinished()));
        member(json, "records", stat.recordCount());
        if (stat.recordCount() > 0) {
            member(json, "firstSequence", firstSequence);
            member(json, "lastSequence", stat.lastSequence());
            json.raw(",\"firstTime\":").time(firstTimeMs);
            json.raw(",\"lastTime\":").time(stat.lastTimeMs());
        }
        members(json, "commands", commands);
        members(json, "events", events);
        return json.raw("}\n");
    }

    private static void member(final JsonBuffer json, final String name, final long value) {
        json.raw(",\"").raw(name).raw("\":").number(value);
    }

    private void members(final JsonBuffer json, final String name, final Map<Integer, Long> counts) {
        json.raw(",\"").raw(name).raw("\":{");
        boolean isFirst = true;
        for (final Map.Entry<Integer, Long> entry : counts.entrySet()) {
            json.raw(isFirst ? "\"" : ",\"")
                    .raw(schema.name(entry.getKey()))
                    .raw("\":")
                    .number(entry.getValue());
            isFirst = false;
        }
        json.raw('}');
    }
}
