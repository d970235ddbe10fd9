package io.holdfast.gateway.audit;

import io.holdfast.core.JournalRecord;
import io.holdfast.journal.JournalReader;
import io.holdfast.journal.JournalStat;
import io.holdfast.journal.RecordHandler;
import org.agrona.DirectBuffer;

/** Goes through a journal, record by record, to its end for now, every checksum verified. */
public final class JournalScan implements AutoCloseable {
    private static final int RECORDS_PER_POLL = 1_024;

    private final JournalReader reader;
    private final Progress progress;
    private final JournalRecord record = new JournalRecord();

    private boolean isStopped;

    JournalScan(final JournalReader reader, final Progress progress) {
        this.reader = reader;
        this.progress = progress;
    }

    /** Takes records in their order, and says whether it wants more. */
    @FunctionalInterface
    interface Visitor {
        boolean visit(long position, long sequence, long timeMs, JournalRecord record);
    }

    /** Whether bytes of an unfinished batch lay behind the end: it is being written, or a crash cut it short. */
    public boolean isTailUnfinished() {
        return reader.stat().isTailUnfinished();
    }

    /** What was read so far. */
    JournalStat stat() {
        return reader.stat();
    }

    /**
     * Shows every record to the visitor, until there are no more or it has enough.
     *
     * @throws io.holdfast.journal.JournalCorruptException when a record cannot be trusted
     */
    void run(final Visitor visitor) {
        try {
            final RecordHandler handler =
                    (p, s, t, buffer, offset, length) -> visit(visitor, p, s, t, wrap(s, buffer, offset, length));
            for (int polled = 1; polled > 0 && !isStopped; ) {
                polled = reader.poll(handler, RECORDS_PER_POLL);
                progress.advance(polled);
            }
        } finally {
            progress.end();
        }
    }

    private JournalRecord wrap(final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        try {
            return record.wrap(buffer, offset, length);
        } catch (final IllegalArgumentException e) {
            throw new FaultFoundException("sequence " + sequence + ": " + e.getMessage());
        }
    }

    private void visit(
            final Visitor visitor, final long position, final long sequence, final long timeMs, final JournalRecord r) {
        if (!isStopped) {
            isStopped = !visitor.visit(position, sequence, timeMs, r);
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
