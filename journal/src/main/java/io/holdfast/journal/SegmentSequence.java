package io.holdfast.journal;

import java.io.IOException;
import java.util.List;

/** Checks that the segments of a directory are one journal's, one after the other. */
final class SegmentSequence {
    private SegmentSequence() {}

    /**
     * The first one's header, after every one was found to be of the same journal, in its place, with none
     * missing.
     */
    static SegmentHeader check(final SegmentDirectory directory, final List<Long> bases) throws IOException {
        SegmentHeader first = null;
        long expected = bases.get(0);
        for (final long base : bases) {
            if (base != expected) {
                throw missing(directory, expected, base);
            }
            try (Segment segment = directory.openToRead(base)) {
                first = first == null ? segment.header() : first;
                checkKin(segment, first);
            }
            expected += first.segmentLength();
        }
        return first;
    }

    static JournalCorruptException missing(final SegmentDirectory directory, final long base, final long next) {
        return new JournalCorruptException(
                directory.segmentPath(base), 0, "segment missing, yet there is one at position " + next);
    }

    /** Refuses a segment of another journal, or of another length. */
    static void checkKin(final Segment segment, final SegmentHeader first) {
        final SegmentHeader header = segment.header();
        if (!header.journalId().equals(first.journalId())) {
            throw new JournalCorruptException(
                    segment.path(),
                    0,
                    "segment of journal " + header.journalId() + " among those of " + first.journalId());
        }
        if (header.segmentLength() != first.segmentLength()) {
            throw new JournalCorruptException(
                    segment.path(),
                    0,
                    "segment of length " + header.segmentLength() + " among those of " + first.segmentLength());
        }
    }

    /**
     * At most one segment lies behind the one with the end: the next spare is made only once the first batch
     * in the last one is durable.
     */
    static void checkSpares(final List<Segment> rest) {
        if (rest.size() > 2) {
            throw new JournalCorruptException(
                    rest.get(1).path(),
                    SegmentHeader.LENGTH,
                    "segment is empty, yet there is another behind it: batches were lost");
        }
    }
}
