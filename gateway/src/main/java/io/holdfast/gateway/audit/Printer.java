package io.holdfast.gateway.audit;

import io.holdfast.core.JournalRecord;

/** Prints records, one JSON object a line. */
public final class Printer {
    private final MessageSchema schema = MessageSchema.load();
    private final RecordJson json = new RecordJson(schema);
    private final MessageSubject subject = new MessageSubject(schema);
    private final Output output;
    private final RecordFilter filter;
    private final Moment from;
    private final Moment to;

    /**
     * Prints what the filter lets through.
     *
     * @param from first moment printed
     * @param to last moment printed
     */
    public Printer(final Output output, final RecordFilter filter, final Moment from, final Moment to) {
        this.output = output;
        this.filter = filter;
        this.from = from;
        this.to = to;
    }

    /** Prints to the end of the journal, or of what was asked. */
    public void run(final JournalScan scan) {
        try {
            scan.run(this::print);
        } finally {
            output.flush();
        }
    }

    private boolean print(final long position, final long sequence, final long timeMs, final JournalRecord record) {
        if (to.isBefore(sequence, timeMs)) {
            return false;
        }
        final boolean fits = filter.fits(record, subject);
        if (fits && !from.isAfter(sequence, timeMs)) {
            output.write(json.line(position, sequence, timeMs, record));
        }
        return true;
    }
}
