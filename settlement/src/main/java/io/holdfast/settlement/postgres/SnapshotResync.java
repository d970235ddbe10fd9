package io.holdfast.settlement.postgres;

import io.holdfast.settlement.follow.FollowerException;
import io.holdfast.settlement.log.LogSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;

/**
 * Settles what a snapshot knows, in one pass: paid holds, which come first, are put by in the database, and each payment
 * behind them finds its own there. The cursor moves when all is settled.
 *
 * <p>May fail at any point and run again: what is settled is not read a second time.
 */
final class SnapshotResync {
    private static final int PAYMENTS_MAX = 1_000;

    private final LogSnapshot snapshot;
    private final SettlementWriter writer;
    private final SnapshotReader reader;
    private final LongConsumer onProgress;
    private final Batch batch;

    /** Images of payments that wait for their holds. */
    private final List<DirectBuffer> payments = new ArrayList<>();

    /** Entries seen in this run, and those settled in any. */
    private long entries;

    private long settledEntries;

    /**
     * A resynchronisation that has done nothing yet.
     *
     * @param onProgress told how many entries are settled
     */
    SnapshotResync(
            final LogSnapshot snapshot,
            final SettlementWriter writer,
            final Optional<Messages> messages,
            final LongConsumer onProgress) {
        this.snapshot = snapshot;
        this.writer = writer;
        this.reader = new SnapshotReader(messages);
        this.onProgress = onProgress;
        this.batch = new Batch(writer.place());
    }

    /** Carries what went wrong through the reading of the snapshot. */
    private static final class Unwinding extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Unwinding(final Exception cause) {
            super(cause);
        }

        private RuntimeException unwound()
                throws FollowerException, StoppedException, PlaceLostException, InterruptedException {
            final Throwable cause = getCause();
            if (cause instanceof FollowerException away) {
                throw away;
            }
            if (cause instanceof StoppedException stopped) {
                throw stopped;
            }
            if (cause instanceof PlaceLostException lost) {
                throw lost;
            }
            if (cause instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            return this;
        }
    }

    /**
     * Settles all of it that is not settled.
     *
     * @return where to go on
     */
    Place run() throws FollowerException, StoppedException, PlaceLostException, InterruptedException {
        entries = 0;
        payments.clear();
        batch.settled(batch.size());
        try {
            snapshot.read((buffer, offset, length) -> onEntry(buffer, offset));
        } catch (final Unwinding e) {
            throw e.unwound();
        }
        flush();
        final Place end = new Place(snapshot.sequence(), snapshot.position(), snapshot.timeMs(), Optional.empty());
        writer.endResync(end);
        return end;
    }

    private void onEntry(final DirectBuffer buffer, final int offset) {
        if (++entries <= settledEntries) {
            return;
        }
        reader.paidHold(buffer, offset, writer.place()).ifPresent(batch::add);
        reader.payment(buffer, offset).ifPresent(payments::add);
        if (batch.isFull() || payments.size() == PAYMENTS_MAX) {
            try {
                flush();
            } catch (final FollowerException | StoppedException | PlaceLostException | InterruptedException e) {
                throw new Unwinding(e);
            }
        }
    }

    private void flush() throws FollowerException, StoppedException, PlaceLostException, InterruptedException {
        writeBatch(); // the holds, for the payments to find
        if (!payments.isEmpty()) {
            final Object[] holdIds = payments.stream().map(reader::holdId).toArray();
            final Map<UUID, DirectBuffer> holds = writer.holdsPutBy(holdIds);
            for (final DirectBuffer payment : payments) {
                batch.add(reader.change(payment, holds, writer.place()));
            }
            payments.clear();
            writeBatch();
        }
        settledEntries = entries;
        onProgress.accept(settledEntries);
    }

    private void writeBatch() throws FollowerException, StoppedException, PlaceLostException, InterruptedException {
        if (!batch.isEmpty()) {
            writer.write(batch);
        }
    }
}
