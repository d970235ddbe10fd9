package io.holdfast.settlement.redis;

import io.holdfast.core.JournalRecord;
import io.holdfast.core.MessageSink;
import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.log.HistoryTrimmedException;
import io.holdfast.settlement.log.LogHandler;
import io.holdfast.settlement.log.LogReader;
import io.holdfast.settlement.log.LogSnapshot;
import io.holdfast.settlement.log.UncheckedLogException;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;

/**
 * Writes anew the holds that Redis has wrong, with their words from a snapshot and the log after it. Only what is a hold's
 * last state, by its checksum, is written: Redis never goes back on the way.
 */
final class Repair implements LogHandler, MessageSink {
    private static final int RECORDS_PER_POLL = 1_000;

    private final CommittedLog log;
    private final LiveHolds live;
    private final MirrorStore store;
    private final LongSupplier logicalNowMs;
    private final HoldMessage message = new HoldMessage();
    private final HoldText text = new HoldText();
    private final WriteBatch batch = new WriteBatch();
    private final long[] most = new long[WriteBatch.KEYS_MAX];
    private final long[] least = new long[WriteBatch.KEYS_MAX];

    private byte sweep;
    private int count;

    Repair(final CommittedLog log, final LiveHolds live, final MirrorStore store, final LongSupplier logicalNowMs) {
        this.log = log;
        this.live = live;
        this.store = store;
        this.logicalNowMs = logicalNowMs;
    }

    /**
     * Reads the log up to where the mirror is, from the newest snapshot that is not ahead of it, and writes.
     *
     * @param untilSequence of the last record that the mirror has read
     * @param sweepNumber what is written counts as seen by that sweep
     * @return whether nothing is wrong any more; false when history does not reach so far back, or cannot be read
     */
    boolean run(final long untilSequence, final long untilPosition, final byte sweepNumber)
            throws RedisAwayException, MirrorLostException, InterruptedException {
        sweep = sweepNumber;
        count = 0;
        batch.clear();
        try {
            final Optional<LogSnapshot> snapshot = newestUpTo(untilSequence);
            if (snapshot.isPresent()) {
                snapshot.get().read(this);
            }
            read(snapshot.map(LogSnapshot::position).orElse(CommittedLog.BEGINNING), untilPosition);
            flush();
            return live.wrongCount() == 0;
        } catch (final HistoryTrimmedException | UncheckedLogException e) {
            return false;
        } catch (final Interruption e) {
            throw e.unwrap();
        }
    }

    /** In a rush the mirror is behind, and the newest one ahead of it. */
    private Optional<LogSnapshot> newestUpTo(final long sequence) {
        final Optional<LogSnapshot> newest = log.newestSnapshot();
        return newest.isEmpty() || newest.get().sequence() <= sequence
                ? newest
                : log.snapshots().stream()
                        .filter(older -> older.sequence() <= sequence)
                        .findFirst();
    }

    private void read(final long fromPosition, final long untilPosition) throws HistoryTrimmedException {
        try (LogReader reader = log.follow(fromPosition)) {
            while (reader.position() < untilPosition && reader.poll(this, RECORDS_PER_POLL) > 0) {
                // what is wrong is written on the way
            }
        }
    }

    @Override
    public void onMessage(final DirectBuffer buffer, final int offset, final int length) {
        if (message.wrap(buffer, offset) && message.isLive()) {
            repair(buffer);
        }
    }

    @Override
    public void onRecord(final long position, final long sequence, final long timeMs, final JournalRecord record) {
        while (record.nextEvent()) {
            onMessage(record.buffer(), record.eventOffset(), record.eventLength());
        }
    }

    private void repair(final DirectBuffer buffer) {
        final long mostBits = message.image().hold().mostSignificantBits();
        final long leastBits = message.image().hold().leastSignificantBits();
        final int slot = live.find(mostBits, leastBits);
        if (slot == LiveHolds.NONE || !live.isWrong(slot)) {
            return;
        }
        text.of(buffer, message.imageOffset());
        if (text.checksum() != live.checksum(slot)) {
            return;
        }
        most[count] = mostBits;
        least[count] = leastBits;
        count++;
        batch.writeOver(mostBits, leastBits, Math.max(1, live.dueAtMs(slot) - logicalNowMs.getAsLong()), text);
        if (batch.isFull()) {
            try {
                flush();
            } catch (final RedisAwayException | MirrorLostException | InterruptedException e) {
                throw new Interruption(e);
            }
        }
    }

    private void flush() throws RedisAwayException, MirrorLostException, InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        store.write(batch);
        for (int i = 0; i < count; i++) {
            live.right(live.find(most[i], least[i]), sweep);
        }
        count = 0;
        batch.clear();
    }

    /** Carries a failure out through a reader that knows none of it. */
    private static final class Interruption extends RuntimeException {
        private static final long serialVersionUID = 1;

        Interruption(final Exception cause) {
            super(cause);
        }

        InterruptedException unwrap() throws RedisAwayException, MirrorLostException {
            if (getCause() instanceof RedisAwayException away) {
                throw away;
            }
            if (getCause() instanceof MirrorLostException lost) {
                throw lost;
            }
            return (InterruptedException) getCause();
        }
    }
}
