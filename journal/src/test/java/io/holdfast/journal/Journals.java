package io.holdfast.journal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;

/** Small journals with records that tell whether they are the right ones. */
final class Journals {
    static final int SEGMENT_LENGTH = 32 * 1024;
    static final int BATCH_LENGTH_MAX = 4096;

    private Journals() {}

    static JournalConfig config(final Path data) {
        return new JournalConfig(data, SEGMENT_LENGTH, BATCH_LENGTH_MAX, 0);
    }

    static Journal started(final Path data) {
        return started(data, JournalFiles.real());
    }

    static Journal started(final Path data, final JournalFiles files) {
        final Journal journal = Journal.open(config(data), files);
        journal.start();
        return journal;
    }

    /** Appends records of these sequences to the batch, without a commit. */
    static void append(final Journal journal, final long firstSequence, final int count) {
        for (long sequence = firstSequence; sequence < firstSequence + count; sequence++) {
            final byte[] payload = payload(sequence).getBytes(StandardCharsets.US_ASCII);
            final int offset = journal.claim(payload.length);
            journal.buffer().putBytes(offset, payload);
            journal.endRecord(sequence, timeMs(sequence), payload.length);
        }
    }

    static void appendAndCommit(final Journal journal, final long firstSequence, final int count) {
        append(journal, firstSequence, count);
        journal.commit();
    }

    static long timeMs(final long sequence) {
        return 1_000_000 + sequence * 3;
    }

    /** Payloads of differing lengths, up to about 300 bytes. */
    static String payload(final long sequence) {
        return ("record " + sequence + " ").repeat(1 + (int) (sequence * 7 % 23));
    }

    /** What a reader must hand over for these sequences. */
    static List<String> expected(final long firstSequence, final long lastSequence) {
        return LongStream.rangeClosed(firstSequence, lastSequence)
                .mapToObj(sequence -> sequence + "@" + timeMs(sequence) + ":" + payload(sequence))
                .toList();
    }

    static List<String> replay(final Journal journal) {
        final List<String> records = new ArrayList<>();
        journal.replay(0, collectInto(records));
        return records;
    }

    static List<String> readAll(final JournalReader reader) {
        final List<String> records = new ArrayList<>();
        while (reader.poll(collectInto(records), 7) > 0) {
            // on
        }
        return records;
    }

    static RecordHandler collectInto(final List<String> records) {
        return (position, sequence, timeMs, buffer, offset, length) ->
                records.add(sequence + "@" + timeMs + ":" + buffer.getStringWithoutLengthAscii(offset, length));
    }

    static void awaitRoom(final Journal journal) {
        if (!journal.hasRoom()) {
            Awaitility.await().until(journal::hasRoom);
        }
    }
}
