package io.holdfast.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The segment that holds the end of the journal and those behind it, open. */
final class RestOfJournal implements AutoCloseable {
    private final List<Segment> segments = new ArrayList<>();

    private RestOfJournal() {}

    /** Opens them anew to read; refuses a gap and a stranger among them. */
    static RestOfJournal openToRead(final SegmentDirectory directory, final Segment end) throws IOException {
        final List<Long> bases = directory.bases();
        final RestOfJournal rest = new RestOfJournal();
        boolean opened = false;
        try {
            long expected = end.base();
            if (!bases.contains(end.base())) {
                throw new JournalRefusedException(end.path(), 0, "removed while it was read", "begin again");
            }
            for (final long base : bases.subList(bases.indexOf(end.base()), bases.size())) {
                if (base != expected) {
                    throw SegmentSequence.missing(directory, expected, base);
                }
                final Segment segment = directory.openToRead(base);
                rest.segments.add(segment);
                SegmentSequence.checkKin(segment, end.header());
                expected += end.length();
            }
            opened = true;
            return rest;
        } finally {
            if (!opened) {
                rest.close();
            }
        }
    }

    List<Segment> segments() {
        return segments;
    }

    @Override
    public void close() throws IOException {
        for (final Segment segment : segments) {
            segment.close();
        }
    }
}
