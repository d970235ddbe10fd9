package io.holdfast.gateway.audit;

import io.holdfast.core.JournalRecord;
import io.holdfast.gateway.json.JsonBuffer;

/** Writes a record as one JSON object: where it is, its command, its events. */
final class RecordJson {
    private final JsonBuffer json = new JsonBuffer();
    private final MessageJson messages;

    RecordJson(final MessageSchema schema) {
        this.messages = new MessageJson(schema, json);
    }

    /** The record with a line feed behind it, valid until the next call. */
    JsonBuffer line(final long position, final long sequence, final long timeMs, final JournalRecord record) {
        json.clear().raw("{\"sequence\":").number(sequence);
        json.raw(",\"time\":").time(timeMs);
        json.raw(",\"position\":").number(position);
        json.raw(",\"command\":");
        messages.write(record.buffer(), record.commandOffset());
        json.raw(",\"events\":[");
        boolean isFirst = true;
        for (record.rewind(); record.nextEvent(); isFirst = false) {
            if (!isFirst) {
                json.raw(',');
            }
            messages.write(record.buffer(), record.eventOffset());
        }
        return json.raw("]}\n");
    }
}
