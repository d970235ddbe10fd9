package io.holdfast.settlement.state;

import io.holdfast.core.StateMachine;
import io.holdfast.journal.SnapshotMeta;
import io.holdfast.journal.SnapshotStore;
import java.util.UUID;

/**
 * Writes a state as a snapshot, reads back what was written, and deletes what is older than the two newest. The state is
 * walked twice: its hash stands before its entries.
 */
final class SnapshotMaker {
    static final int KEPT = 2;

    private final SnapshotStore store;
    private final UUID journalId;
    private final Ending ending;

    SnapshotMaker(final SnapshotStore store, final UUID journalId, final Ending ending) {
        this.store = store;
        this.journalId = journalId;
        this.ending = ending;
    }

    /**
     * On return the snapshot is durable, and was found whole.
     *
     * @param position where to go on reading
     * @throws java.io.UncheckedIOException if the disk refused
     * @throws io.holdfast.journal.JournalRefusedException if what was written does not read back
     * @throws AbandonedException if the follower is to end before it would be done
     */
    SnapshotMeta make(final StateMachine machine, final long position) {
        final long hash = machine.snapshot((buffer, offset, length) -> ending.check());
        final SnapshotMeta meta = new SnapshotMeta(
                journalId,
                machine.sequence(),
                position,
                machine.timeMs(),
                machine.rules().version(),
                hash);
        store.write(meta, chunks -> machine.snapshot(chunks::onChunk));
        store.read(meta, (buffer, offset, length) -> {});
        store.keep(KEPT);
        return meta;
    }
}
