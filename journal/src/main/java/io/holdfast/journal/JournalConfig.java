package io.holdfast.journal;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where the journal lives and how large its pieces are.
 *
 * @param dataDirectory the directory that holds {@code lock}, {@code journal/} and {@code snapshots/}
 * @param segmentLength bytes of one segment file, a multiple of 4 KiB. Used when a journal is made; an
 *     existing journal keeps the length its segment headers name
 * @param batchLengthMax bytes of the largest batch (one group commit), a multiple of 512. It may change from
 *     one start to the next, since every batch names the maximum it was written under
 * @param diskReserveBytes free bytes below which no further segment is made
 */
public record JournalConfig(Path dataDirectory, int segmentLength, int batchLengthMax, long diskReserveBytes) {
    static final int SEGMENT_LENGTH_MIN = 8 * 1024;
    static final int SEGMENT_LENGTH_MAX = 1024 * 1024 * 1024;
    static final int SEGMENT_LENGTH_DEFAULT = 64 * 1024 * 1024;
    static final int BATCH_LENGTH_MAX_DEFAULT = 1024 * 1024;
    static final long DISK_RESERVE_BYTES_DEFAULT = 256L * 1024 * 1024;

    public JournalConfig {
        Objects.requireNonNull(dataDirectory, "dataDirectory");
        if (!SegmentHeader.isSegmentLength(segmentLength)) {
            throw new IllegalArgumentException("segmentLength " + segmentLength + " is not a multiple of "
                    + SegmentHeader.LENGTH + " from " + SEGMENT_LENGTH_MIN + " to " + SEGMENT_LENGTH_MAX);
        }
        if (!BatchLayout.isBatchLength(batchLengthMax) || batchLengthMax > batchLengthLimit(segmentLength)) {
            throw new IllegalArgumentException("batchLengthMax " + batchLengthMax + " is not a multiple of "
                    + BatchLayout.SECTOR + " from " + BatchLayout.SECTOR + " to " + batchLengthLimit(segmentLength));
        }
        if (diskReserveBytes < 0) {
            throw new IllegalArgumentException("diskReserveBytes " + diskReserveBytes + " is negative");
        }
    }

    /** 64 MiB segments, batches of up to 1 MiB, 256 MiB of disk left alone. */
    public static JournalConfig defaults(final Path dataDirectory) {
        return new JournalConfig(
                dataDirectory, SEGMENT_LENGTH_DEFAULT, BATCH_LENGTH_MAX_DEFAULT, DISK_RESERVE_BYTES_DEFAULT);
    }

    /** The largest batch that fits a segment and leaves a sector for the close batch. */
    static int batchLengthLimit(final int segmentLength) {
        return Math.min(BatchLayout.BATCH_LENGTH_LIMIT, segmentLength - SegmentHeader.LENGTH - BatchLayout.SECTOR);
    }

    Path journalDirectory() {
        return dataDirectory.resolve("journal");
    }

    Path snapshotDirectory() {
        return dataDirectory.resolve(SnapshotStore.DIRECTORY);
    }

    Path lockFile() {
        return dataDirectory.resolve("lock");
    }
}
