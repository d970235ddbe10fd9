package io.holdfast.journal;

import org.agrona.MutableDirectBuffer;

/**
 * Gathers the records of the next batch in one preallocated buffer and frames them. The writer's thread only.
 */
final class BatchBuilder {
    static final int NO_ROOM = -1;
    private static final int NO_CLAIM = -1;

    private final ChecksumBuffer bytes;
    private final BatchHeader header = new BatchHeader();

    /** Records fill [BatchHeader.LENGTH, end); a claim, if any, begins at end. */
    private int end = BatchHeader.LENGTH;

    private int recordCount;
    private int claimOffset = NO_CLAIM;
    private int claimLengthMax;
    private long firstSequence;

    /** Of the last record ended, durable or not: what the next one is checked against. */
    private long lastSequence;

    private long lastTimeMs;

    BatchBuilder(final int batchLengthMax, final long lastSequence, final long lastTimeMs) {
        this.bytes = new ChecksumBuffer(batchLengthMax);
        this.lastSequence = lastSequence;
        this.lastTimeMs = lastTimeMs;
    }

    MutableDirectBuffer buffer() {
        return bytes.buffer();
    }

    int payloadLengthMax() {
        return BatchLayout.payloadLengthMax(bytes.capacity());
    }

    int recordCount() {
        return recordCount;
    }

    int pendingBytes() {
        return recordCount == 0 ? 0 : batchLength();
    }

    long lastSequence() {
        return lastSequence;
    }

    int claim(final int payloadLengthMax) {
        if (claimOffset != NO_CLAIM) {
            throw new IllegalStateException("a record is claimed already: end or abandon it first");
        }
        if (payloadLengthMax < 1 || payloadLengthMax > payloadLengthMax()) {
            throw new IllegalArgumentException(
                    "payload length " + payloadLengthMax + " is not from 1 to " + payloadLengthMax());
        }
        final int room = bytes.capacity() - BatchLayout.TRAILER_LENGTH - end - BatchLayout.RECORD_HEADER_LENGTH;
        if (payloadLengthMax > room) {
            return NO_ROOM;
        }
        claimOffset = end;
        claimLengthMax = payloadLengthMax;
        return end + BatchLayout.RECORD_HEADER_LENGTH;
    }

    void endRecord(final long sequence, final long timeMs, final int payloadLength) {
        final int offset = claimOffset;
        final int lengthMax = claimLengthMax;
        abandonRecord();
        if (payloadLength < 1 || payloadLength > lengthMax) {
            throw new IllegalArgumentException("payload length " + payloadLength + " is not from 1 to " + lengthMax);
        }
        if (sequence <= lastSequence) {
            throw new IllegalArgumentException("sequence " + sequence + " does not follow " + lastSequence);
        }
        if (timeMs < lastTimeMs) {
            throw new IllegalArgumentException("timeMs " + timeMs + " is before " + lastTimeMs);
        }
        final MutableDirectBuffer buffer = bytes.buffer();
        buffer.putInt(offset + BatchLayout.RECORD_LENGTH_OFFSET, payloadLength, BatchLayout.ORDER);
        buffer.putInt(offset + BatchLayout.RECORD_MARK_OFFSET, BatchLayout.RECORD_MARK, BatchLayout.ORDER);
        buffer.putLong(offset + BatchLayout.RECORD_SEQUENCE_OFFSET, sequence, BatchLayout.ORDER);
        buffer.putLong(offset + BatchLayout.RECORD_TIME_OFFSET, timeMs, BatchLayout.ORDER);
        final int length = BatchLayout.RECORD_HEADER_LENGTH + payloadLength;
        if (Zeros.hasSparseSector(buffer, offset, length)) {
            throw new IllegalArgumentException("sequence " + sequence + ": a payload with a sector of "
                    + BatchLayout.SECTOR + " zero bytes cannot be told from one that was not written");
        }
        final int aligned = BatchLayout.alignToRecord(length);
        buffer.setMemory(offset + length, aligned - length, BatchLayout.PADDING);
        if (recordCount == 0) {
            firstSequence = sequence;
        }
        recordCount++;
        lastSequence = sequence;
        lastTimeMs = timeMs;
        end = offset + aligned;
    }

    void abandonRecord() {
        if (claimOffset == NO_CLAIM) {
            throw new IllegalStateException("no record is claimed");
        }
        claimOffset = NO_CLAIM;
    }

    boolean isClaimed() {
        return claimOffset != NO_CLAIM;
    }

    /** Length of the batch as it stands, framed and padded. */
    int batchLength() {
        return BatchLayout.alignToSector(end + BatchLayout.TRAILER_LENGTH);
    }

    /** Frames what was gathered; the bytes then are a batch to be written at that position. */
    ChecksumBuffer seal(final BatchType type, final int epoch, final long position, final BatchChain chain) {
        final int length = batchLength();
        final int trailer = length - BatchLayout.TRAILER_LENGTH;
        final MutableDirectBuffer buffer = bytes.buffer();
        buffer.setMemory(end, trailer - end, BatchLayout.PADDING);
        header.version = BatchHeader.VERSION;
        header.typeCode = type.code();
        header.epoch = epoch;
        header.batchLength = length;
        header.batchLengthMax = bytes.capacity();
        header.recordCount = recordCount;
        header.firstSequence = recordCount == 0 ? lastSequence : firstSequence;
        header.position = position;
        header.previousChecksum = chain.checksum();
        header.journalTag = chain.journalTag();
        header.timeMs = lastTimeMs;
        header.encode(bytes, 0);
        final int checksum = bytes.checksum(0, trailer);
        buffer.putInt(trailer + BatchLayout.TRAILER_CHECKSUM_OFFSET, checksum, BatchLayout.ORDER);
        buffer.putInt(trailer + BatchLayout.TRAILER_MARK_OFFSET, BatchLayout.TRAILER_MARK, BatchLayout.ORDER);
        return bytes;
    }

    /** Checksum of the batch that was sealed last. */
    int sealedChecksum() {
        final int trailer = batchLength() - BatchLayout.TRAILER_LENGTH;
        return bytes.buffer().getInt(trailer + BatchLayout.TRAILER_CHECKSUM_OFFSET, BatchLayout.ORDER);
    }

    /** Forgets the records: they are durable. */
    void clear() {
        end = BatchHeader.LENGTH;
        recordCount = 0;
    }

    /** Forgets the records and the claim, as if they had never been: they are not durable. */
    void drop(final BatchChain durable) {
        clear();
        claimOffset = NO_CLAIM;
        lastSequence = durable.lastSequence();
        lastTimeMs = durable.lastTimeMs();
    }
}
