package io.holdfast.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.agrona.MutableDirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of one server: opened, replayed, then appended to by one thread.
 *
 * <pre>
 *   open ── replay ── start ── [ claim, endRecord | abandonRecord ]* commit ── ... ── close
 * </pre>
 *
 * <p>Durability: what was recorded before {@link #commit} returned survives a crash of process, kernel and
 * power; what was not, may or may not. Nothing may be answered above {@link #durablePosition}. Layout: {@link
 * SegmentHeader}, {@link BatchLayout}; the decisions behind it: ADR 0002.
 *
 * <p>Threads: {@link #buffer} to {@link #close} belong to the writer, the rest to anyone.
 */
public final class Journal implements AutoCloseable {
    /** From {@link #claim}: the batch cannot take the record, commit first. */
    public static final int NO_ROOM = BatchBuilder.NO_ROOM;

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final SyncListener NO_LISTENER = (nanos, records, bytes) -> {};

    private final JournalConfig config;
    private final JournalFiles files;
    private final AutoCloseable lock;
    private final RecoveryReport recovery;
    private final KeptSegments kept;
    private final SpareKeeper spares;
    private final JournalDisk disk;
    private final HistoryCheck historyCheck;
    private final BatchBuilder builder;
    private final BatchAppender appender;

    private SyncListener syncListener = NO_LISTENER;
    private boolean isStarted;
    private boolean isClosed;

    /** Set first of all when an append fails, so that nothing is ever appended after it, whatever else goes wrong. */
    private volatile boolean hasFailed;

    private volatile JournalFailedException failure;
    private volatile long syncs;

    /**
     * Written by the writer alone, after the sync that makes them true, the position first: whoever sees a
     * sequence here finds it below the position.
     */
    private volatile long durablePosition;

    private volatile long durableSequence;

    private Journal(
            final JournalConfig config,
            final JournalFiles files,
            final AutoCloseable lock,
            final Recovered recovered,
            final PreparationScheduler scheduler) {
        this.config = config;
        this.files = files;
        this.lock = lock;
        this.recovery = recovered.report();
        final SegmentHeader header = recovered.current().header();
        final SegmentDirectory directory = new SegmentDirectory(config.journalDirectory(), files);
        this.kept =
                new KeptSegments(directory, recovery.firstPosition(), header.segmentLength(), recovered.segmentCount());
        final SegmentPreparer preparer =
                new SegmentPreparer(directory, header.journalId(), header.segmentLength(), config.diskReserveBytes());
        this.spares = new SpareKeeper(preparer, scheduler, recovered.spare(), kept);
        this.disk = new JournalDisk(config.journalDirectory(), files, kept, spares);
        this.historyCheck = new HistoryCheck(config.dataDirectory(), files, recovery);
        this.builder = new BatchBuilder(config.batchLengthMax(), recovery.lastSequence(), recovery.lastTimeMs());
        this.appender = new BatchAppender(builder, recovered, spares);
        this.durableSequence = recovery.lastSequence();
        this.durablePosition = recovery.endPosition();
    }

    /**
     * Takes the lock, makes the directories (mode 0700), creates or recovers the journal, repairs a torn tail
     * and sees to a spare segment. Reads and verifies the journal from {@link RecoveryReport#verifiedFrom} on.
     * Everything reported as recovered is durable on return.
     *
     * @throws JournalLockedException when it is open already, here or in another process
     * @throws JournalCorruptException when it is damaged; nothing was changed
     * @throws JournalRefusedException when it cannot be opened for another reason
     */
    public static Journal open(final JournalConfig config, final JournalFiles files) {
        return open(config, files, PreparationScheduler.thread());
    }

    static Journal open(final JournalConfig config, final JournalFiles files, final PreparationScheduler scheduler) {
        return open(config, files, scheduler, Recovery.VERIFIED_BYTES_MIN);
    }

    static Journal open(
            final JournalConfig config,
            final JournalFiles files,
            final PreparationScheduler scheduler,
            final long verifiedBytesMin) {
        AutoCloseable lock = null;
        Journal journal = null;
        try {
            files.createDirectories(config.dataDirectory());
            lock = files.lock(config.lockFile());
            final Recovered recovered = new Recovery(config, files, verifiedBytesMin).run();
            journal = new Journal(config, files, lock, recovered, scheduler);
            if (recovered.spare() == null) {
                final Segment current = recovered.current();
                journal.spares.request(current.base() + current.length(), null);
            }
            return journal;
        } catch (final IOException | UncheckedIOException e) {
            throw new JournalRefusedException(
                    config.journalDirectory(), 0, "cannot be opened: " + e, "see to the disk and its permissions", e);
        } finally {
            if (journal == null) {
                scheduler.stop();
                release(lock);
            }
        }
    }

    /** What opening found. */
    public RecoveryReport recovery() {
        return recovery;
    }

    /**
     * Hands over every durable record from the position on, on the calling thread, and returns behind the
     * last.
     *
     * @param fromPosition 0 for the first record ever, {@link JournalReader#OLDEST} for the oldest kept, or a
     *     position a reader or handler was given
     * @throws JournalRefusedException when history does not reach back, or forward, to the position
     */
    public void replay(final long fromPosition, final RecordHandler handler) {
        try (JournalReader reader = follow(fromPosition)) {
            while (reader.poll(handler, Integer.MAX_VALUE) > 0) {
                // on to the next batch
            }
        }
    }

    /**
     * A follower of its own, which sees durable records only. To be used by one thread, and closed. Refuses as {@link
     * JournalReader#open} does.
     */
    public JournalReader follow(final long fromPosition) {
        return JournalReader.bounded(config.dataDirectory(), files, fromPosition, this::durablePosition);
    }

    /** Set before {@link #start}. */
    public void syncListener(final SyncListener listener) {
        this.syncListener = Objects.requireNonNull(listener, "listener");
    }

    /**
     * Begins the epoch: appends the open batch and syncs it. Only then may be appended. The {@link
     * #historyCheck} begins, too.
     *
     * @throws JournalFullException when the disk has no room for it
     * @throws JournalFailedException when it could not be written
     */
    public void start() {
        checkHealthy();
        if (isStarted) {
            throw new IllegalStateException("started already");
        }
        if (!appender.fits()) {
            throw new JournalFullException(
                    "no room for an open batch in " + appender.segment().path());
        }
        append(BatchType.OPEN);
        isStarted = true;
        historyCheck.start();
    }

    /** The batch being built: direct, preallocated, the same object always. Write within claims only. */
    public MutableDirectBuffer buffer() {
        return builder.buffer();
    }

    /** The longest payload a record can have. */
    public int payloadLengthMax() {
        return builder.payloadLengthMax();
    }

    /**
     * Makes room for one record. With nothing pending it never returns {@link #NO_ROOM}.
     *
     * @param payloadLengthMax bytes that will be written at most, from 1 to {@link #payloadLengthMax()}
     * @return offset in {@link #buffer()} at which to write the payload; or {@link #NO_ROOM}: commit first
     * @throws JournalFullException with nothing pending and {@link #hasRoom()} false: refuse the command
     * @throws JournalFailedException when the journal has failed
     */
    public int claim(final int payloadLengthMax) {
        checkAppendable();
        if (builder.recordCount() == 0 && !appender.hasRoom()) {
            throw new JournalFullException(
                    "no spare segment behind " + appender.segment().path());
        }
        return builder.claim(payloadLengthMax);
    }

    /**
     * Records what was claimed and written. Not durable before {@link #commit}.
     *
     * @param sequence above that of every earlier record
     * @param timeMs not below that of any earlier record
     * @param payloadLength from 1 to what was claimed
     * @throws IllegalArgumentException for a value out of these bounds, or a payload in which a whole
     *     512-byte sector would have fewer than two bits set; the claim is given back, nothing was recorded
     */
    public void endRecord(final long sequence, final long timeMs, final int payloadLength) {
        builder.endRecord(sequence, timeMs, payloadLength);
    }

    /** Gives the claim back, nothing is recorded. */
    public void abandonRecord() {
        builder.abandonRecord();
    }

    /** Records in the batch being built. */
    public int pendingRecords() {
        return builder.recordCount();
    }

    /** Bytes a commit would write now; 0 when nothing is pending. */
    public int pendingBytes() {
        return builder.pendingBytes();
    }

    /**
     * Writes what is pending as one batch and syncs it, once. On return it is durable and {@link
     * #durablePosition} has advanced; with nothing pending nothing happens. Allocates nothing, but on the
     * roll to a new segment.
     *
     * @throws JournalFailedException when the write or the sync failed; the journal has then failed for good
     */
    public void commit() {
        checkAppendable();
        if (builder.isClaimed()) {
            throw new IllegalStateException("a record is claimed: end or abandon it first");
        }
        if (builder.recordCount() > 0) {
            append(BatchType.DATA);
        }
    }

    private void append(final BatchType type) {
        final int records = builder.recordCount();
        final int bytes = builder.batchLength();
        try {
            appender.append(type);
        } catch (final Throwable e) {
            hasFailed = true;
            failure = new JournalFailedException(
                    "journal failed at position " + appender.position() + " in "
                            + appender.segment().path() + ": " + e,
                    e);
            throw failure;
        }
        builder.clear();
        durablePosition = appender.position();
        durableSequence = builder.lastSequence();
        syncs = syncs + 1;
        syncListener.onSync(appender.syncNanos(), records, bytes);
    }

    private void checkAppendable() {
        checkHealthy();
        if (!isStarted) {
            throw new IllegalStateException("not started");
        }
    }

    private void checkHealthy() {
        if (hasFailed) {
            throw new JournalFailedException(failure == null ? "journal failed" : failure.getMessage(), failure);
        }
        if (isClosed) {
            throw new IllegalStateException("closed");
        }
    }

    /**
     * Appends the close batch, if the journal was started and is healthy, and releases the lock. Records
     * still pending are dropped: nobody was answered from them. Never throws; a close batch that could not be
     * written is as a crash.
     */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        try {
            if (isStarted && !hasFailed) {
                appender.dropPending();
                if (appender.fits()) {
                    append(BatchType.CLOSE);
                }
            }
        } catch (final RuntimeException e) {
            LOG.error("the journal could not be closed cleanly", e);
        }
        isClosed = true;
        historyCheck.end();
        final boolean stopped = spares.stop();
        appender.close();
        if (stopped) {
            release(lock);
        } else {
            LOG.error("a segment is still being prepared: the lock is kept until the process ends");
        }
    }

    private static void release(final AutoCloseable lock) {
        if (lock != null) {
            try {
                lock.close();
            } catch (final Exception e) {
                LOG.warn("releasing the lock: {}", e.toString());
            }
        }
    }

    /** Position up to which all is durable; where the next batch goes, unless it rolls. Any thread. */
    public long durablePosition() {
        return durablePosition;
    }

    /** Sequence of the last durable record; 0 when there never was one. Any thread. */
    public long durableSequence() {
        return durableSequence;
    }

    /**
     * Whether work that can wait must be refused: the disk had no room for a spare segment, or there is no
     * {@link #hasRoom() room} at all. Clears by itself. Any thread.
     */
    public boolean isFull() {
        return spares.isFailing() || !appender.hasRoom();
    }

    /**
     * Whether a batch of the largest size can be begun. When false everything must be refused that would be
     * journaled, payments too. Asked by the writer with nothing pending, true holds for the whole next batch.
     * Any thread.
     */
    public boolean hasRoom() {
        return appender.hasRoom();
    }

    /** Whether a write or sync failed: nothing more will become durable. Any thread. */
    public boolean hasFailed() {
        return hasFailed;
    }

    /** Batches synced since the start, the open batch with them. Any thread. */
    public long syncs() {
        return syncs;
    }

    /** What it takes of its disk. Any thread. */
    public JournalDisk disk() {
        return disk;
    }

    /** Base position of the oldest segment kept: where history begins now. Any thread. */
    public long firstPosition() {
        return kept.firstPosition();
    }

    /** How the history fares that was not read at the start. Any thread. */
    public HistoryCheck historyCheck() {
        return historyCheck;
    }

    /** For {@link Retention}. */
    KeptSegments kept() {
        return kept;
    }
}
