package io.holdfast.perf.load;

import io.holdfast.core.JournalRecord;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.PlaceHoldDecoder;
import io.holdfast.journal.JournalFiles;
import io.holdfast.journal.JournalReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * The arrivals of a drop as it was: the times of the buy requests in a journal, from the first of them on. A journal knows
 * milliseconds; within one, requests come at random.
 */
public final class JournalArrivals {
    private static final int RECORDS_PER_POLL = 1_024;
    private static final int INITIAL_CAPACITY = 64 * 1024;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final JournalRecord record = new JournalRecord();

    private long[] timesMs = new long[INITIAL_CAPACITY];
    private int count;

    private JournalArrivals() {}

    /**
     * Reads a journal, safe beside a running server.
     *
     * @throws io.holdfast.journal.JournalRefusedException when there is no journal
     * @throws io.holdfast.journal.JournalCorruptException when it cannot be trusted
     * @throws IllegalArgumentException when nobody buys in it
     */
    public static ArrivalTimes read(final Path dataDirectory, final long seed) {
        final JournalArrivals arrivals = new JournalArrivals();
        try (JournalReader reader = JournalReader.open(dataDirectory, JournalFiles.real(), JournalReader.OLDEST)) {
            for (int polled = 1; polled > 0; ) {
                polled = reader.poll(
                        (position, sequence, timeMs, buffer, offset, length) ->
                                arrivals.visit(timeMs, buffer, offset, length),
                        RECORDS_PER_POLL);
            }
        }
        if (arrivals.count == 0) {
            throw new IllegalArgumentException(dataDirectory + " holds a journal in which nobody buys");
        }
        return arrivals.times(new SplittableRandom(seed));
    }

    private void visit(final long timeMs, final DirectBuffer buffer, final int offset, final int length) {
        record.wrap(buffer, offset, length);
        header.wrap(buffer, record.commandOffset());
        if (header.templateId() != PlaceHoldDecoder.TEMPLATE_ID) {
            return;
        }
        if (count == ArrivalTimes.COUNT_MAX) {
            throw new IllegalArgumentException("the journal holds more than " + count + " buy requests");
        }
        if (count == timesMs.length) {
            timesMs = Arrays.copyOf(timesMs, Math.min(ArrivalTimes.COUNT_MAX, 2 * count));
        }
        timesMs[count++] = timeMs;
    }

    private ArrivalTimes times(final SplittableRandom random) {
        final long[] offsetsNs = new long[count];
        for (int i = 0; i < count; i++) {
            offsetsNs[i] = TimeUnit.MILLISECONDS.toNanos(timesMs[i] - timesMs[0])
                    + random.nextLong(TimeUnit.MILLISECONDS.toNanos(1));
        }
        Arrays.sort(offsetsNs);
        return ArrivalTimes.ofAscending(offsetsNs);
    }
}
