package io.holdfast.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the headers of all segments, reads the newer part of the journal and checks all of it, and repairs
 * what a crash can have left at its end; or makes a new one. Nothing is changed before everything was judged.
 * Runs under the lock. Why not all of it is read: ADR 0012.
 */
final class Recovery {
    /** So much of the journal, the newest, is read at each start, however new the snapshots are. */
    static final long VERIFIED_BYTES_MIN = 1024L * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /**
     * The last segment may be a spare, and the one before may hold nothing but a batch that a crash cut off:
     * only in the one before those two a whole batch is sure to be found.
     */
    private static final int SEGMENTS_MIN = 3;

    private final JournalConfig config;
    private final JournalFiles files;
    private final SegmentDirectory directory;
    private final SnapshotStore snapshots;
    private final long verifiedBytesMin;
    private boolean isNew;
    private long verifiedFrom;
    private long batchCount;
    private long recordCount;

    /** Behind the last whole batch: the segment's base, the offset in it, and the length of that batch. */
    private long endBase;

    private int endOffset = SegmentHeader.LENGTH;
    private int lastBatchLength;

    Recovery(final JournalConfig config, final JournalFiles files, final long verifiedBytesMin) {
        this.config = config;
        this.files = files;
        this.directory = new SegmentDirectory(config.journalDirectory(), files);
        this.snapshots = SnapshotStore.open(config.dataDirectory(), files);
        this.verifiedBytesMin = verifiedBytesMin;
    }

    Recovered run() throws IOException {
        files.createDirectories(directory.path());
        files.createDirectories(config.snapshotDirectory());
        // They may be there since a start that was killed before it could sync their names.
        files.syncDirectory(config.dataDirectory());
        // The same of a snapshot's name: retention counts on every snapshot that is there.
        files.syncDirectory(config.snapshotDirectory());
        SegmentDirectory.deleteTemporaries(files, directory.path());
        SegmentDirectory.deleteTemporaries(files, config.snapshotDirectory());
        final List<Long> bases = directory.bases();
        if (bases.isEmpty()) {
            bases.add(createFirst());
        }
        final SegmentHeader first = SegmentSequence.check(directory, bases);
        if (config.batchLengthMax() > JournalConfig.batchLengthLimit(first.segmentLength())) {
            throw new JournalRefusedException(
                    directory.segmentPath(first.base()),
                    0,
                    "batchLengthMax " + config.batchLengthMax() + " does not fit segments of " + first.segmentLength(),
                    "configure at most " + JournalConfig.batchLengthLimit(first.segmentLength()));
        }
        final ChecksumBuffer scanBytes = SegmentTail.scanBuffer(first.segmentLength());
        verifiedFrom = verifiedFrom(first, bases);
        final BatchChain chain = walk(first);
        if (batchCount == 0 && verifiedFrom > 0) {
            throw new JournalCorruptException(
                    directory.segmentPath(verifiedFrom),
                    SegmentHeader.LENGTH,
                    verifiedFrom == first.base()
                            ? "no batch here, and the segments before are missing"
                            : "segment is empty, yet there are others behind it: batches were lost");
        }
        final Recovered recovered = settle(first, chain, bases, scanBytes);
        log(recovered.report());
        return recovered;
    }

    /**
     * Where to begin to read: with the segment that the oldest snapshot goes on from, or further back. A
     * snapshot counts by its header, since a damaged one more only makes this read more.
     */
    private long verifiedFrom(final SegmentHeader first, final List<Long> bases) {
        final List<SnapshotMeta> metas = snapshots.list();
        if (metas.isEmpty() || bases.size() < SEGMENTS_MIN) {
            return first.base();
        }
        final long sure = bases.get(bases.size() - SEGMENTS_MIN) - verifiedBytesMin;
        final long wanted = Math.min(sure, metas.get(metas.size() - 1).position() - 1);
        return Math.max(first.base(), wanted - Math.floorMod(wanted, first.segmentLength()));
    }

    private long createFirst() throws IOException {
        if (!snapshots.isEmpty()) {
            throw new JournalRefusedException(
                    directory.path(),
                    0,
                    "no segment, yet there are snapshots: the journal was lost",
                    "restore the journal from a backup, or name an empty data directory");
        }
        isNew = true;
        final SegmentPreparer preparer =
                new SegmentPreparer(directory, UUID.randomUUID(), config.segmentLength(), config.diskReserveBytes());
        preparer.prepare(0, () -> false).close();
        return 0;
    }

    private BatchChain walk(final SegmentHeader first) throws IOException {
        endBase = verifiedFrom;
        final BatchChain chain =
                verifiedFrom == 0 ? BatchChain.beginning(first.journalTag()) : BatchChain.unknown(first.journalTag());
        try (BatchCursor cursor = new BatchCursor(directory, directory.openToRead(verifiedFrom), chain)) {
            while (cursor.next(Long.MAX_VALUE) == BatchCursor.Found.BATCH) {
                batchCount++;
                recordCount += cursor.header().recordCount;
                endBase = cursor.segment().base();
                endOffset = cursor.offset();
                lastBatchLength = cursor.header().batchLength;
            }
        }
        return chain;
    }

    private Recovered settle(
            final SegmentHeader first, final BatchChain chain, final List<Long> bases, final ChecksumBuffer scanBytes)
            throws IOException {
        final List<Segment> rest = new ArrayList<>();
        boolean settled = false;
        try {
            for (final long base : bases.subList(bases.indexOf(endBase), bases.size())) {
                rest.add(directory.openToWrite(base));
            }
            final Optional<TailExaminer.Torn> torn = new TailExaminer(chain, scanBytes).examine(rest, endOffset);
            SegmentSequence.checkSpares(rest);
            snapshots.checkNotAhead(first.journalId(), chain.lastSequence(), endBase + endOffset);
            final Optional<TornTail> cut = repair(rest, chain, torn);
            settled = true;
            final Segment spare = rest.size() > 1 ? rest.get(1) : spareIfNeededAtOnce(rest.get(0));
            final int segmentCount = rest.size() > 1 || spare == null ? bases.size() : bases.size() + 1;
            return new Recovered(report(first, chain, cut), chain, rest.get(0), endOffset, spare, segmentCount);
        } finally {
            if (!settled) {
                for (final Segment segment : rest) {
                    segment.close();
                }
            }
        }
    }

    /**
     * Where not even an open batch fits, a start that does not wait for a spare would be refused each time,
     * and each refusal would cut its preparation short. A full disk is for the start to report.
     */
    private Segment spareIfNeededAtOnce(final Segment last) {
        if (last.length() - endOffset >= BatchLayout.SECTOR) {
            return null;
        }
        try {
            return new SegmentPreparer(directory, last.header().journalId(), last.length(), config.diskReserveBytes())
                    .prepare(last.base() + last.length(), () -> false);
        } catch (final IOException e) {
            LOG.warn("no spare segment behind {}: {}", last.path(), e.toString());
            return null;
        }
    }

    private Optional<TornTail> repair(
            final List<Segment> rest, final BatchChain chain, final Optional<TailExaminer.Torn> torn)
            throws IOException {
        final TailRepair repair = new TailRepair(directory);
        // A crash of the process alone can have left a name that is not durable.
        files.syncDirectory(directory.path());
        final TornTail cut = torn.isPresent() ? repair.cut(torn.get()) : null;
        for (final Segment segment : rest) {
            final int end = segment == rest.get(0) ? endOffset : SegmentHeader.LENGTH;
            repair.fill(segment);
            repair.clear(segment, end, Math.min(chain.nextBatchLengthMax(), segment.length() - end));
        }
        repair.settle(rest.get(0), endOffset - lastBatchLength, lastBatchLength, chain.checksum());
        return Optional.ofNullable(cut);
    }

    private RecoveryReport report(final SegmentHeader first, final BatchChain chain, final Optional<TornTail> cut) {
        return new RecoveryReport(
                first.journalId(),
                chain.epoch() + 1,
                batchCount,
                recordCount,
                first.base(),
                verifiedFrom,
                endBase + endOffset,
                chain.lastSequence(),
                chain.lastTimeMs(),
                isNew,
                cut.isEmpty() && chain.lastType() == BatchType.CLOSE,
                cut);
    }

    private static void log(final RecoveryReport report) {
        report.tornTail()
                .ifPresent(torn -> LOG.warn(
                        "torn tail: {} bytes at offset {} of {} were never acknowledged, copied to {} and cut",
                        torn.length(),
                        torn.offset(),
                        torn.file(),
                        torn.copy()));
        LOG.info(
                "journal {}: epoch {}, {} records in {} batches from position {} up to sequence {}, position {}",
                report.journalId(),
                report.epoch(),
                report.recordCount(),
                report.batchCount(),
                report.verifiedFrom(),
                report.lastSequence(),
                report.endPosition());
    }
}
