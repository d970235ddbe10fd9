package io.holdfast.journal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Judges what lies behind the last whole batch. A crash leaves at most one batch unfinished, since a batch is
 * begun only once the sync before it has returned; it is written into zeros, and a disk writes sectors whole.
 * So a crash explains
 * <ul>
 *   <li>nothing: zeros up to the end, and in the spare segment;
 *   <li>a readable header whose batch still has its last byte or a whole sector zero, and zeros behind it;
 *   <li>the beginning of a header, and zeros behind it;
 *   <li>a first sector of zeros, with written bytes within one largest batch.
 * </ul>
 * All else is damage. In the last three the batch is torn: it was never acknowledged. ADR 0002 tells what
 * this cannot see.
 */
final class TailExaminer {

    /** Torn bytes: of no use to anybody, to be zeroed. */
    record Torn(Segment segment, int offset, int length) {}

    private final BatchChain chain;
    private final ChecksumBuffer scanBytes;

    /** Judges against the chain as it stands at the end. */
    TailExaminer(final BatchChain chain, final ChecksumBuffer scanBytes) {
        this.chain = chain;
        this.scanBytes = scanBytes;
    }

    /**
     * @param rest the segment that holds the end and all after it, each open
     * @param offset of the end in the first of them
     * @return the torn batch, if there is one
     * @throws JournalCorruptException when it is not what a crash leaves
     */
    Optional<Torn> examine(final List<Segment> rest, final int offset) throws IOException {
        Optional<Torn> torn = Optional.empty();
        for (int index = 0; index < rest.size(); index++) {
            final Segment segment = rest.get(index);
            final int from = index == 0 ? offset : SegmentHeader.LENGTH;
            final SegmentTail tail = new SegmentTail(segment, scanBytes);
            final int written = tail.writtenLength(from);
            if (written > 0) {
                if (torn.isPresent()) {
                    throw new JournalCorruptException(
                            torn.get().segment().path(),
                            torn.get().offset(),
                            "damaged batch: bytes follow it in "
                                    + segment.path().getFileName());
                }
                torn = Optional.of(new Torn(segment, from, tornLength(segment, tail, from, written)));
            }
        }
        return torn;
    }

    private int tornLength(final Segment segment, final SegmentTail tail, final int offset, final int written)
            throws IOException {
        final int end = offset + BatchLayout.alignToSector(written);
        final int later = tail.findBatch(offset + BatchLayout.SECTOR, end, chain.journalTag());
        if (later >= 0) {
            throw new JournalCorruptException(
                    segment.path(), offset, "damaged batch: a later one is at offset " + later);
        }
        final int lengthMax = Math.min(chain.nextBatchLengthMax(), segment.length() - offset);
        if (tail.writtenLengthOfFirstSector(offset) == 0) {
            if (written > lengthMax) {
                throw beyond(segment, offset, written, lengthMax);
            }
            return BatchLayout.alignToSector(written);
        }
        return tornLengthByHeader(segment, tail, offset, written);
    }

    private int tornLengthByHeader(final Segment segment, final SegmentTail tail, final int offset, final int written)
            throws IOException {
        final Optional<BatchHeader> readable = tail.headerAt(offset);
        if (readable.isEmpty()) {
            if (written > BatchHeader.LENGTH) {
                throw new JournalCorruptException(segment.path(), offset, "batch header: wrong checksum");
            }
            return BatchLayout.SECTOR;
        }
        final BatchHeader header = readable.get();
        final String fault = chain.faultOf(header, segment.base() + offset, segment.length() - offset);
        if (fault != null) {
            throw new JournalCorruptException(segment.path(), offset, fault);
        }
        if (written > header.batchLength) {
            throw beyond(segment, offset, written, header.batchLength);
        }
        if (!tail.isZeroAt(offset + header.batchLength - 1) && !tail.hasZeroSector(offset, header.batchLength)) {
            throw new JournalCorruptException(
                    segment.path(), offset, "batch: wrong checksum, yet all of it was written");
        }
        return header.batchLength;
    }

    private static JournalCorruptException beyond(
            final Segment segment, final int offset, final int written, final int lengthMax) {
        return new JournalCorruptException(
                segment.path(),
                offset + written - 1,
                "bytes beyond the end: the last batch can be " + lengthMax + " bytes from offset " + offset);
    }
}
