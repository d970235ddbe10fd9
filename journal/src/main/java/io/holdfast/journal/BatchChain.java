package io.holdfast.journal;

/**
 * What ties each batch to the one before: checksum, epoch, sequence, time. A writer advances it by what it
 * wrote, a reader checks each header against it. Begun with {@link #unknown} it takes the first batch at its
 * word, which is what a reader does at the oldest batch of a trimmed journal.
 */
final class BatchChain {
    private final int journalTag;
    private boolean isKnown;
    private int checksum;
    private BatchType lastType;
    private int epoch;
    private int batchLengthMax = BatchLayout.SECTOR;
    private long lastSequence;
    private long lastTimeMs;

    private BatchChain(final int journalTag, final boolean isKnown) {
        this.journalTag = journalTag;
        this.isKnown = isKnown;
    }

    /** The chain of a journal that has no batch yet. */
    static BatchChain beginning(final int journalTag) {
        return new BatchChain(journalTag, true);
    }

    static BatchChain unknown(final int journalTag) {
        return new BatchChain(journalTag, false);
    }

    int journalTag() {
        return journalTag;
    }

    int checksum() {
        return checksum;
    }

    int epoch() {
        return epoch;
    }

    BatchType lastType() {
        return lastType;
    }

    long lastSequence() {
        return lastSequence;
    }

    long lastTimeMs() {
        return lastTimeMs;
    }

    /**
     * The largest batch that can follow. Nothing but an open batch follows a close batch, or begins a
     * journal.
     */
    int nextBatchLengthMax() {
        if (!isKnown) {
            return BatchLayout.BATCH_LENGTH_LIMIT;
        }
        return lastType == null || lastType == BatchType.CLOSE ? BatchLayout.SECTOR : batchLengthMax;
    }

    /**
     * What is wrong with a batch whose header says this, at that position with that much room; null if
     * nothing.
     */
    String faultOf(final BatchHeader next, final long position, final int room) {
        final BatchType type = BatchType.ofCode(next.typeCode);
        if (next.journalTag != journalTag) {
            return "batch of another journal";
        }
        if (next.position != position) {
            return "batch of position " + next.position + ": misplaced";
        }
        if (type == null) {
            return "batch type " + next.typeCode;
        }
        if (!BatchLayout.isBatchLength(next.batchLengthMax)
                || !BatchLayout.isBatchLength(next.batchLength)
                || next.batchLength > Math.min(next.batchLengthMax, room)) {
            return "batch length " + next.batchLength + " of at most " + next.batchLengthMax;
        }
        final int recordCountMax =
                (next.batchLength - BatchHeader.LENGTH - BatchLayout.TRAILER_LENGTH) / BatchLayout.RECORD_HEADER_LENGTH;
        if (type == BatchType.DATA
                ? next.recordCount < 1 || next.recordCount > recordCountMax
                : next.recordCount != 0 || next.batchLength != BatchLayout.SECTOR) {
            return "record count " + next.recordCount + " in a " + type + " batch of " + next.batchLength;
        }
        return isKnown ? faultOfLink(next, type) : null;
    }

    private String faultOfLink(final BatchHeader next, final BatchType type) {
        if (next.previousChecksum != checksum) {
            return "batch does not chain on to the one before";
        }
        if (type == BatchType.OPEN ? next.epoch <= epoch : next.epoch != epoch) {
            return type + " batch of epoch " + next.epoch + " after epoch " + epoch;
        }
        if (type != BatchType.OPEN && (lastType == null || lastType == BatchType.CLOSE)) {
            return type + " batch where only an open batch may be";
        }
        if (type != BatchType.OPEN && next.batchLengthMax != batchLengthMax) {
            return "largest batch length " + next.batchLengthMax + " in an epoch of " + batchLengthMax;
        }
        if (type == BatchType.DATA ? next.firstSequence <= lastSequence : next.firstSequence != lastSequence) {
            return type + " batch of sequence " + next.firstSequence + " after sequence " + lastSequence;
        }
        return next.timeMs < lastTimeMs ? "timeMs " + next.timeMs + " after " + lastTimeMs : null;
    }

    void advance(final BatchHeader batch, final int batchChecksum, final long batchLastSequence) {
        isKnown = true;
        checksum = batchChecksum;
        lastType = BatchType.ofCode(batch.typeCode);
        epoch = batch.epoch;
        batchLengthMax = batch.batchLengthMax;
        lastSequence = batchLastSequence;
        lastTimeMs = batch.timeMs;
    }
}
