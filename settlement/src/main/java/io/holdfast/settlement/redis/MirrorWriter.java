package io.holdfast.settlement.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Writes what is pending, batch by batch, and moves the cursor with the last. */
final class MirrorWriter {
    /** So often Redis is asked whether it is still as it was left, when there is nothing to write. */
    private static final long CHECK_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final MirrorStore store;
    private final MirrorState state;
    private final LiveHolds live;
    private final StockBook stock;
    private final PendingHolds pending;
    private final RushPace pace;
    private final LongSupplier logicalNowMs;
    private final WriteBatch batch = new WriteBatch();
    private final List<byte[]> refused = new ArrayList<>();

    private long checkedNs = System.nanoTime() - CHECK_NS;

    MirrorWriter(
            final MirrorStore store, final MirrorState state, final RushPace pace, final LongSupplier logicalNowMs) {
        this.store = store;
        this.state = state;
        this.live = state.live();
        this.stock = state.stock();
        this.pending = state.pending();
        this.pace = pace;
        this.logicalNowMs = logicalNowMs;
    }

    /**
     * Writes all that is pending; with nothing pending it looks after the cursor now and then.
     *
     * @param sequence of the last record read
     * @param position where reading goes on
     * @param timeMs logical time of that record, in epoch milliseconds
     * @return keys that hold what they should not, and were left so; valid until the next call
     */
    List<byte[]> flush(final long sequence, final long position, final long timeMs)
            throws RedisAwayException, MirrorLostException, InterruptedException {
        refused.clear();
        if (!state.isAnythingPending() && System.nanoTime() - checkedNs < CHECK_NS) {
            return refused;
        }
        boolean isFlushed = false;
        try {
            batch.clear();
            addHolds();
            addStock();
            pace.wrote(batch.written() + batch.deleted());
            refused.addAll(store.write(batch, sequence, position, timeMs, logicalNowMs.getAsLong()));
            isFlushed = true;
        } finally {
            if (!isFlushed) {
                pending.mayBeWritten();
            }
        }
        pending.clear();
        stock.written();
        checkedNs = System.nanoTime();
        return refused;
    }

    private void addHolds() throws RedisAwayException, MirrorLostException, InterruptedException {
        final long nowMs = logicalNowMs.getAsLong();
        for (int i = 0; i < pending.count(); i++) {
            final long most = pending.most(i);
            final long least = pending.least(i);
            switch (pending.kind(i)) {
                case WRITE -> {
                    final long ttlMs = Math.max(1, live.dueAtMs(live.find(most, least)) - nowMs);
                    batch.write(most, least, ttlMs, pending.text(), pending.textOffset(i), pending.textLength(i));
                }
                case DELETE -> batch.delete(most, least);
                case NOTHING -> {
                    // it came and went between two flushes
                }
            }
            sendIfFull();
        }
    }

    private void addStock() throws RedisAwayException, MirrorLostException, InterruptedException {
        for (final String name : stock.archived()) {
            batch.deleteStock(name);
            sendIfFull();
        }
        for (final MirroredDrop drop : stock.pending()) {
            batch.stock(drop);
            sendIfFull();
        }
    }

    private void sendIfFull() throws RedisAwayException, MirrorLostException, InterruptedException {
        if (batch.isFull()) {
            pace.wrote(batch.written() + batch.deleted());
            refused.addAll(store.write(batch));
            batch.clear();
        }
    }
}
