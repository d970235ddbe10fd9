package io.holdfast.gateway.api;

import io.holdfast.gateway.http.ContentType;
import io.holdfast.gateway.http.Reply;
import io.holdfast.gateway.json.JsonBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What the operators' desk answered, as JSON. Seldom asked for, so that it may allocate. */
final class DeskPages {
    /** A page ends here, however few letters it has: a message may be about a thousand SKUs. */
    static final int LENGTH_MAX = 1 << 20;

    private static final int OK = 200;

    private DeskPages() {}

    static void snapshot(final AdminDesk.Snapshot snapshot, final Reply reply) {
        reply.begin(OK, ContentType.JSON)
                .body()
                .raw("{\"sequence\":")
                .number(snapshot.sequence())
                .raw(",\"position\":")
                .number(snapshot.position())
                .raw(",\"time\":")
                .time(snapshot.timeMs())
                .raw(",\"stateHash\":\"")
                .raw(String.format(Locale.ROOT, "%016x", snapshot.stateHash()))
                .raw("\"}");
    }

    static void deadLetters(final AdminDesk.DeadLetters page, final Reply reply) {
        final JsonBuffer json = reply.begin(OK, ContentType.JSON).body().raw("{\"deadLetters\":[");
        final List<AdminDesk.DeadLetter> letters = page.letters();
        int count = 0;
        for (; count < letters.size() && json.length() < LENGTH_MAX; count++) {
            if (count > 0) {
                json.raw(',');
            }
            write(letters.get(count), json);
        }
        final long next = count < letters.size() ? letters.get(count - 1).place() : page.next();
        json.raw("],\"next\":");
        if (next == AdminDesk.DeadLetters.END) {
            json.raw("null}");
        } else {
            json.number(next).raw('}');
        }
    }

    private static void write(final AdminDesk.DeadLetter letter, final JsonBuffer json) {
        json.raw("{\"id\":").string(letter.id()).raw(",\"type\":").string(letter.type());
        json.raw(",\"attempts\":").number(letter.attempts()).raw(",\"lastError\":");
        if (letter.lastError() == null) {
            json.raw("null");
        } else {
            json.string(letter.lastError());
        }
        json.raw(",\"createdAt\":").time(letter.createdAtMs());
        json.raw(",\"failedAt\":").time(letter.failedAtMs());
        json.raw(",\"data\":")
                .raw(letter.message().getBytes(StandardCharsets.UTF_8))
                .raw('}');
    }
}
