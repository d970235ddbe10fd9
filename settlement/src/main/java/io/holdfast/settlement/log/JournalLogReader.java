package io.holdfast.settlement.log;

import io.holdfast.core.JournalRecord;
import io.holdfast.journal.JournalReader;
import io.holdfast.journal.JournalRefusedException;
import io.holdfast.journal.RecordHandler;
import java.io.UncheckedIOException;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;

/** A journal's reader as a log's. */
final class JournalLogReader implements LogReader, RecordHandler {
    private final JournalReader reader;
    private final LongConsumer seen;
    private final JournalRecord record = new JournalRecord();
    private LogHandler handler;

    /**
     * Takes over a reader.
     *
     * @param seen told the sequence of every record that was handed over
     */
    JournalLogReader(final JournalReader reader, final LongConsumer seen) {
        this.reader = reader;
        this.seen = seen;
    }

    @Override
    public int poll(final LogHandler to, final int recordsMax) {
        handler = to;
        try {
            return reader.poll(this, recordsMax);
        } catch (final JournalRefusedException | UncheckedIOException e) {
            throw new UncheckedLogException(e);
        }
    }

    @Override
    public void onRecord(
            final long position,
            final long sequence,
            final long timeMs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        handler.onRecord(position, sequence, timeMs, record.wrap(buffer, offset, length));
        seen.accept(sequence);
    }

    @Override
    public long position() {
        return reader.position();
    }

    @Override
    public void close() {
        reader.close();
    }
}
