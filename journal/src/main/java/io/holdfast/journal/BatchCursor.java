package io.holdfast.journal;

import java.io.Closeable;
import java.io.IOException;

/**
 * Walks the batches of a journal forward, over segments, and hands out none that is not whole: header, chain,
 * checksum and every record's frame have been checked. It stops before what is not a whole batch and leaves
 * the judgement of it to {@link TailExaminer}.
 */
final class BatchCursor implements Closeable {

    /** What is at the cursor. */
    enum Found {
        /** A whole batch. */
        BATCH,
        /** A sector of zeros, or no room for a batch. */
        NOTHING,
        /** Bytes that are not a whole batch. */
        BROKEN
    }

    private final SegmentDirectory directory;
    private final BatchChain chain;
    private final BatchHeader header = new BatchHeader();
    private final RecordFrames frames = new RecordFrames();
    private final SegmentWindow window;
    private final ChecksumBuffer scanBytes;

    /** The next batch is looked for here. */
    private Segment segment;

    private int offset = SegmentHeader.LENGTH;

    /** The batch found last: where in the window, where in the journal. */
    private int batchIndex;

    private long batchPosition;

    /** Where a batch was looked for last: perhaps in the next segment, when that holds none that is whole. */
    private long lookedAt;

    /** Takes over the segment: closes it when done. */
    BatchCursor(final SegmentDirectory directory, final Segment first, final BatchChain chain) {
        this.directory = directory;
        this.segment = first;
        this.chain = chain;
        this.window = new SegmentWindow(first.length());
        this.scanBytes = SegmentTail.scanBuffer(first.length());
    }

    /**
     * Reads what is at the cursor and, if that is a batch, moves behind it.
     *
     * @param limit position beyond which nothing is to be read
     */
    Found next(final long limit) throws IOException {
        Found found = readFresh(limit);
        if (found == Found.NOTHING && hasRolled()) {
            found = nextInNextSegment(limit);
        }
        return found;
    }

    /**
     * Moves to the next segment only with a whole batch in it: an unfinished one may be cut off by a start, and
     * then the writer goes on in this one.
     */
    private Found nextInNextSegment(final long limit) throws IOException {
        final Segment last = segment;
        final int lastOffset = offset;
        moveTo(directory.openToRead(last.base() + last.length()), SegmentHeader.LENGTH);
        Found found = Found.NOTHING;
        try {
            found = readFresh(limit);
        } finally {
            if (found == Found.BATCH) {
                last.close();
            } else {
                segment.close();
                moveTo(last, lastOffset);
            }
        }
        return found;
    }

    /**
     * A window filled earlier may be older than the file: only a fresh one is believed when it shows no
     * batch.
     */
    private Found readFresh(final long limit) throws IOException {
        Found found = read(limit);
        if (found != Found.BATCH && !window.beginsAt(segment, offset)) {
            window.clear();
            found = read(limit);
        }
        if (found != Found.BATCH) {
            window.clear(); // what is not there yet may be there the next time
        }
        return found;
    }

    private Found read(final long limit) throws IOException {
        final int room = segment.length() - offset;
        lookedAt = position();
        if (room < BatchLayout.SECTOR) {
            return Found.NOTHING;
        }
        final int readLimit = (int) Math.min(segment.length(), limit - segment.base());
        final int headerIndex = window.load(segment, offset, BatchLayout.SECTOR, readLimit);
        if (Zeros.isZero(window.bytes().buffer(), headerIndex, BatchLayout.SECTOR)) {
            return Found.NOTHING;
        }
        if (!BatchHeader.isReadable(window.bytes(), headerIndex)) {
            return Found.BROKEN;
        }
        header.decode(window.bytes(), headerIndex);
        checkHeader(room);
        final int index = window.load(segment, offset, header.batchLength, readLimit);
        return isWhole(index) ? found(index) : Found.BROKEN;
    }

    private void checkHeader(final int room) {
        if (header.version < 1 || header.version > BatchHeader.VERSION) {
            throw NewerFormat.refusal(segment.path(), offset, header.version, BatchHeader.VERSION);
        }
        final String fault = chain.faultOf(header, position(), room);
        if (fault != null) {
            throw new JournalCorruptException(segment.path(), offset, fault);
        }
    }

    private boolean isWhole(final int index) {
        final int trailer = header.batchLength - BatchLayout.TRAILER_LENGTH;
        return trailerInt(index, BatchLayout.TRAILER_MARK_OFFSET) == BatchLayout.TRAILER_MARK
                && trailerInt(index, BatchLayout.TRAILER_CHECKSUM_OFFSET)
                        == window.bytes().checksum(index, trailer);
    }

    private int trailerInt(final int index, final int fieldOffset) {
        final int trailer = header.batchLength - BatchLayout.TRAILER_LENGTH;
        return window.bytes().buffer().getInt(index + trailer + fieldOffset, BatchLayout.ORDER);
    }

    private Found found(final int index) {
        final String fault = frames.check(window.bytes().buffer(), index, header);
        if (fault != null) {
            throw new JournalCorruptException(segment.path(), offset, fault);
        }
        final int checksum = trailerInt(index, BatchLayout.TRAILER_CHECKSUM_OFFSET);
        chain.advance(header, checksum, frames.lastSequence());
        batchIndex = index;
        batchPosition = position();
        offset += header.batchLength;
        return Found.BATCH;
    }

    /**
     * Whether the writer went on in the next segment: that one has begun, and all that is left of this one is
     * zero. The rest of this one is read after the next one was seen, so beside a running writer the answer
     * is never too early.
     */
    private boolean hasRolled() throws IOException {
        final long nextBase = segment.base() + segment.length();
        if (!directory.hasSegment(nextBase)) {
            return false;
        }
        try (Segment next = directory.openToRead(nextBase)) {
            if (new SegmentTail(next, scanBytes).writtenLengthOfFirstSector(SegmentHeader.LENGTH) == 0) {
                return false;
            }
        }
        final SegmentTail rest = new SegmentTail(segment, scanBytes);
        if (rest.writtenLengthOfFirstSector(offset) > 0) {
            return false;
        }
        if (rest.writtenLength(offset) > 0) {
            throw new JournalCorruptException(
                    segment.path(), offset, "no batch here, yet the journal goes on behind it");
        }
        if (segment.fileLength() < segment.length()) {
            throw new JournalCorruptException(
                    segment.path(), segment.fileLength(), "cut short, yet the journal goes on in the next segment");
        }
        return true;
    }

    private void moveTo(final Segment next, final int nextOffset) throws IOException {
        if (next.header().journalTag() != chain.journalTag() || next.length() != segment.length()) {
            next.close();
            throw new JournalCorruptException(next.path(), 0, "segment of another journal");
        }
        segment = next;
        offset = nextOffset;
        window.clear();
    }

    /** Believes nothing it has read: the next look is at the file. */
    void forget() {
        window.clear();
    }

    /** Position of the next batch, or where it would be. */
    long position() {
        return segment.base() + offset;
    }

    long lookedAt() {
        return lookedAt;
    }

    Segment segment() {
        return segment;
    }

    int offset() {
        return offset;
    }

    /** Lent to whoever examines the tail behind this cursor. */
    ChecksumBuffer scanBytes() {
        return scanBytes;
    }

    BatchChain chain() {
        return chain;
    }

    /** Header of the batch found last, or of the broken one. */
    BatchHeader header() {
        return header;
    }

    /** The batch found last begins at {@link #batchIndex} of this buffer. */
    ChecksumBuffer bytes() {
        return window.bytes();
    }

    int batchIndex() {
        return batchIndex;
    }

    long batchPosition() {
        return batchPosition;
    }

    @Override
    public void close() throws IOException {
        segment.close();
    }
}
