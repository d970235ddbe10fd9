package io.holdfast.journal;

import java.io.IOException;
import java.util.List;

/** Finds the segment to begin to read in. */
final class StartPosition {
    private StartPosition() {}

    /**
     * Base of the segment that holds the position, or of the one before when the position is a segment's
     * base.
     */
    static long segmentFor(final SegmentDirectory directory, final List<Long> bases, final long position)
            throws IOException {
        if (bases.isEmpty()) {
            throw new JournalRefusedException(directory.path(), 0, "no journal here", "check the data directory");
        }
        final SegmentHeader first = SegmentSequence.check(directory, bases);
        if (position == JournalReader.OLDEST) {
            return first.base();
        }
        if (position < first.base()) {
            throw new JournalTrimmedException(directory.segmentPath(first.base()), position, first.base());
        }
        if (position == first.base()) {
            return first.base();
        }
        // From the base of a segment one begins in the one before: it tells whether the journal got this far.
        final long within = position - 1;
        long base = Math.min(within - within % first.segmentLength(), bases.get(bases.size() - 1));
        while (base > first.base() && !isBegun(directory, base)) {
            base -= first.segmentLength();
        }
        return base;
    }

    /** Whether a batch was ever written to it; where none was, the end lies before. */
    private static boolean isBegun(final SegmentDirectory directory, final long base) throws IOException {
        try (Segment segment = directory.openToRead(base)) {
            final ChecksumBuffer sector = new ChecksumBuffer(BatchLayout.SECTOR);
            return new SegmentTail(segment, sector).writtenLengthOfFirstSector(SegmentHeader.LENGTH) > 0;
        }
    }

    static JournalPositionException beyondEnd(final Segment segment, final int offset, final long position) {
        return new JournalPositionException(
                segment.path(),
                offset,
                "the journal ends at position " + (segment.base() + offset) + ", before position " + position,
                "find out where the rest of the journal went; do not go on without it");
    }
}
