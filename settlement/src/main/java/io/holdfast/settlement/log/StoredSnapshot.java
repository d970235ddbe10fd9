package io.holdfast.settlement.log;

import io.holdfast.core.MessageSink;
import io.holdfast.journal.JournalRefusedException;
import io.holdfast.journal.SnapshotMeta;
import io.holdfast.journal.SnapshotStore;

/** A snapshot of the journal's store: one entry a chunk. */
final class StoredSnapshot implements LogSnapshot {
    private final SnapshotStore store;
    private final SnapshotMeta meta;

    StoredSnapshot(final SnapshotStore store, final SnapshotMeta meta) {
        this.store = store;
        this.meta = meta;
    }

    @Override
    public long sequence() {
        return meta.sequence();
    }

    @Override
    public long position() {
        return meta.position();
    }

    @Override
    public long timeMs() {
        return meta.timeMs();
    }

    @Override
    public void read(final MessageSink entries) {
        try {
            store.read(meta, entries::onMessage);
        } catch (final JournalRefusedException e) {
            throw new UncheckedLogException(e);
        }
    }
}
