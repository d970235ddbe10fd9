package io.holdfast.gateway.recovery;

import io.holdfast.core.JournalRecord;
import io.holdfast.core.StateMachine;
import io.holdfast.journal.Journal;
import io.holdfast.journal.RecordHandler;
import io.holdfast.journal.SnapshotMeta;
import io.holdfast.journal.SnapshotStore;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rebuilds the core from the newest whole snapshot and the records after it. */
public final class CoreRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(CoreRecovery.class);
    private static final long PROGRESS_RECORDS = 1_000_000;

    private final Journal journal;
    private final SnapshotStore snapshots;
    private final long hashSeed;
    private final LongConsumer onProgress;

    /**
     * Prepares a recovery.
     *
     * @param hashSeed of the core's indexes
     * @param onProgress told the number of records applied, once every million
     */
    public CoreRecovery(
            final Journal journal, final SnapshotStore snapshots, final long hashSeed, final LongConsumer onProgress) {
        this.journal = journal;
        this.snapshots = snapshots;
        this.hashSeed = hashSeed;
        this.onProgress = onProgress;
    }

    /**
     * Returns the core as it was after the last durable record.
     *
     * @throws io.holdfast.journal.JournalRefusedException if snapshot or journal cannot be read
     * @throws io.holdfast.core.InvariantViolation if a record contradicts the state, or this build does not know it
     */
    public StateMachine recover() {
        final var choice = snapshots.newestWhole();
        choice.faults().forEach(fault -> LOG.warn("snapshot passed over: {}", fault.getMessage()));
        final StateMachine core = new StateMachine(hashSeed);
        long position = 0;
        if (choice.newest().isPresent()) {
            position = load(core, choice.newest().get());
        }
        final Tail tail = new Tail(core, onProgress);
        journal.replay(position, tail);
        LOG.info("recovered up to sequence {}: {} records applied", core.sequence(), tail.count);
        return core;
    }

    private long load(final StateMachine core, final SnapshotMeta meta) {
        snapshots.read(meta, core::loadEntry);
        if (!core.isLoaded() || core.sequence() != meta.sequence()) {
            throw new IllegalArgumentException("snapshot of sequence " + meta.sequence() + " loaded up to sequence "
                    + core.sequence() + (core.isLoaded() ? "" : ", and has no end"));
        }
        LOG.info("loaded the snapshot of sequence {}", meta.sequence());
        return meta.position();
    }

    private static final class Tail implements RecordHandler {
        private final StateMachine core;
        private final LongConsumer onProgress;
        private final JournalRecord record = new JournalRecord();
        private long count;

        Tail(final StateMachine core, final LongConsumer onProgress) {
            this.core = core;
            this.onProgress = onProgress;
        }

        @Override
        public void onRecord(
                final long position,
                final long sequence,
                final long timeMs,
                final DirectBuffer buffer,
                final int offset,
                final int length) {
            record.wrap(buffer, offset, length);
            while (record.nextEvent()) {
                core.apply(sequence, timeMs, buffer, record.eventOffset(), record.eventLength());
            }
            core.applied(sequence, timeMs);
            if (++count % PROGRESS_RECORDS == 0) {
                onProgress.accept(count);
            }
        }
    }
}
