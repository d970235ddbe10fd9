package io.holdfast.perf.ring;

import io.holdfast.core.StateMachine;
import io.holdfast.journal.Journal;
import io.holdfast.journal.JournalFiles;
import io.holdfast.journal.SnapshotMeta;
import io.holdfast.journal.SnapshotStore;
import java.nio.file.Path;

/** Makes snapshots as the server's follower does: hash, write, read back, keep two. */
final class Snapshots {
    private static final int KEPT = 2;

    private final Journal journal;
    private final SnapshotStore store;

    Snapshots(final Journal journal, final Path data) {
        this.journal = journal;
        this.store = SnapshotStore.open(data, JournalFiles.real());
    }

    /** Writes the state, which must be the one at the journal's durable position. Durable on return. */
    void make(final StateMachine core) {
        final SnapshotMeta meta = new SnapshotMeta(
                journal.recovery().journalId(),
                core.sequence(),
                journal.durablePosition(),
                core.timeMs(),
                core.rules().version(),
                core.stateHash());
        store.write(meta, chunks -> core.snapshot(chunks::onChunk));
        store.read(meta, (buffer, offset, length) -> {});
        store.keep(KEPT);
    }
}
