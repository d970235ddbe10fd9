package io.holdfast.settlement.postgres;

import io.holdfast.settlement.follow.Follower;
import io.holdfast.settlement.follow.FollowerException;
import io.holdfast.settlement.follow.FollowerStatus;
import io.holdfast.settlement.follow.FollowerStatus.Condition;
import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.log.HistoryTrimmedException;
import io.holdfast.settlement.log.LogReader;
import io.holdfast.settlement.log.LogSnapshot;
import io.holdfast.settlement.log.UncheckedLogException;
import io.holdfast.settlement.webhook.MessageBodies;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles payments into Postgres: what is committed, in its order, in one transaction a batch with the cursor.
 *
 * <pre>
 *   UNTAKEN ──► UNLOCATED ──► FOLLOWING        the schema, the cursor; a reader at its place; batch after batch
 *      ▲            │  ▲          │
 *      │            ▼  │          │            history does not reach back: by way of a snapshot
 *      │          RESYNCING       │
 *      │                          │
 *      ├──── the cursor was put back by a backup
 *      └──── STOPPED ◄── another process settles, another journal's database, … : looks again now and then
 * </pre>
 *
 * <p>A database that is away is no state of its own: the step fails, nothing is lost, and the next one tries again. See
 * ADR 0013 for the fence, the cursor and the quarantine.
 */
public final class SettlementFollower implements Follower {
    private static final Logger LOG = LoggerFactory.getLogger(SettlementFollower.class);

    /** Records handed over at once; each may make a few dozen changes. */
    private static final int POLL_RECORDS_MAX = 32;

    /** Attempts to read the log, about a minute of them, before a disk that fails is taken for history that is gone. */
    private static final int UNREADABLE_MAX = 30;

    /** Records looked at in one step, most of which change nothing. */
    private static final int STEP_RECORDS_MAX = 20_000;

    private final CommittedLog log;
    private final Database database;
    private final Optional<Messages> messages;
    private final Consumer<Throwable> onLostTail;
    private final SettlementPace pace;
    private final SettlementFigures figures = new SettlementFigures();
    private final SettlementWriter writer;
    private final EventReader events;

    private State state = State.UNTAKEN;

    /** Whether all is to be settled again at the next taking: the log's lost tail was accepted. */
    private boolean isFromBeginning;

    /** Read and not settled yet; begins at the cursor. */
    private Batch batch = new Batch(Place.BEGINNING);

    private LogReader reader;
    private SnapshotResync resync;

    /** In a row, because the disk failed. */
    private int unreadable;

    /** A place was made by resynchronising, and no reader has stood there yet. */
    private boolean isResynced;

    /** Up to here what is read is settled for the second time. */
    private long resyncSequence;

    /** Up to here the outside was told already what is no payment. */
    private long toldSequence;

    private long lastContactNs;
    private long stoppedNs;

    private volatile FollowerStatus status = new FollowerStatus(0, 0, Condition.STARTING, "");

    private enum State {
        /** The cursor is not this process's, or no longer where it was left. */
        UNTAKEN,
        /** The cursor is known, and no reader stands there yet. */
        UNLOCATED,
        /** The snapshot is settled. */
        RESYNCING,
        /** A reader stands behind the batch. */
        FOLLOWING,
        /** Somebody has to look at it. */
        STOPPED
    }

    /**
     * A follower that has done nothing yet.
     *
     * @param bodies words for the outside; without them no webhook is put into the outbox
     * @param isLostTailAccepted whether the operator accepted that the log has lost records that were settled: then all
     *     that is still known is settled again, and the cursor put back
     * @param onLostTail told when the database turns out to know what the log does not hold: must halt the process
     */
    public SettlementFollower(
            final CommittedLog log,
            final Database database,
            final Optional<MessageBodies> bodies,
            final boolean isLostTailAccepted,
            final Consumer<Throwable> onLostTail) {
        this(log, database, bodies, isLostTailAccepted, onLostTail, SettlementPace.DEFAULT);
    }

    SettlementFollower(
            final CommittedLog log,
            final Database database,
            final Optional<MessageBodies> bodies,
            final boolean isLostTailAccepted,
            final Consumer<Throwable> onLostTail,
            final SettlementPace pace) {
        this.log = log;
        this.database = database;
        this.messages = bodies.map(words -> new Messages(log.id(), words));
        this.isFromBeginning = isLostTailAccepted;
        this.onLostTail = onLostTail;
        this.pace = pace;
        this.writer = new SettlementWriter(database, log.id(), log.endSequence(), figures);
        this.events = new EventReader(messages);
    }

    @Override
    public String name() {
        return "settlement";
    }

    @Override
    public FollowerStatus status() {
        return status;
    }

    /** What it has done. Any thread. */
    public SettlementFigures figures() {
        return figures;
    }

    @Override
    public boolean step() throws FollowerException, InterruptedException {
        try {
            return advance();
        } catch (final PlaceLostException e) {
            LOG.warn("settlement begins again: {}", e.getMessage());
            release();
            return true;
        } catch (final StoppedException e) {
            stop(e);
            return false;
        } catch (final LostTailException e) {
            stop(e);
            onLostTail.accept(e);
            return false;
        } catch (final UncheckedLogException e) {
            closeReader();
            resync = null;
            state = state == State.FOLLOWING ? State.UNLOCATED : state;
            throw away(new FollowerException("the log cannot be read: " + e.getMessage(), e));
        } catch (final FollowerException e) {
            if (e.getCause() instanceof SQLException cause && SqlFault.isOfTheSchema(cause)) {
                release(); // the database may be a new one, or an old one: its schema comes first
            }
            throw away(e);
        } catch (final RuntimeException e) {
            report(Condition.AWAY, "settlement failed: " + e);
            throw e;
        }
    }

    private boolean advance() throws FollowerException, StoppedException, PlaceLostException, InterruptedException {
        return switch (state) {
            case UNTAKEN -> take();
            case UNLOCATED -> locate();
            case RESYNCING -> resync();
            case FOLLOWING -> follow();
            case STOPPED -> {
                if (System.nanoTime() - stoppedNs >= pace.stoppedInterval().toNanos()) {
                    stoppedNs = System.nanoTime();
                    state = State.UNTAKEN;
                }
                yield state == State.UNTAKEN;
            }
        };
    }

    private boolean take() throws FollowerException, StoppedException, InterruptedException {
        Schema.migrate(database);
        final SettlementWriter.Taken taken = writer.take(log.endSequence(), isFromBeginning);
        resyncSequence = isFromBeginning || taken.place().sequence() < taken.newestSequence() ? log.endSequence() : 0;
        isFromBeginning = false;
        batch = new Batch(taken.place());
        toldSequence = taken.newestSequence();
        events.into(batch, toldSequence);
        LOG.info("settlement goes on behind sequence {}", taken.place().sequence());
        state = State.UNLOCATED;
        lastContactNs = System.nanoTime();
        return true;
    }

    private boolean locate() throws FollowerException, StoppedException, PlaceLostException, InterruptedException {
        if (!batch.isEmpty()) {
            writer.write(batch);
        }
        try {
            reader = readerAt(batch.end());
            unreadable = 0;
            isResynced = false;
            state = State.FOLLOWING;
            report();
        } catch (final HistoryTrimmedException | UncheckedLogException e) {
            if (isResynced || batch.end().position() == CommittedLog.BEGINNING && log.trimmedBelow() == 0) {
                isResynced = false;
                throw new FollowerException("the log cannot be followed: " + e.getMessage(), e);
            }
            // A snapshot knows less than history: it is for what is gone or damaged, not for a moment without files.
            if (e.getCause() instanceof UncheckedIOException && ++unreadable < UNREADABLE_MAX) {
                throw new FollowerException("the log cannot be read: " + e.getMessage(), e);
            }
            unreadable = 0;
            LOG.warn("settlement begins again: {}", e.getMessage());
            resyncSequence = log.endSequence();
            state = State.RESYNCING;
        }
        return true;
    }

    /**
     * A reader behind all that is settled, once it is clear that the log still holds that. Where the mark was trimmed nothing
     * tells; the place may still be there, as the beginning of the oldest segment.
     *
     * @throws LostTailException when it holds something else in its place
     */
    private LogReader readerAt(final Place place) throws HistoryTrimmedException {
        final long oldest = log.trimmedBelow();
        if (place.mark().filter(mark -> mark.position() >= oldest).isPresent()) {
            final Mark mark = place.mark().get();
            final LogReader behind = mark.follow(log)
                    .orElseThrow(() -> LostTailException.replaced(log.id(), place.sequence(), mark, log.endSequence()));
            if (behind.position() == place.position()) {
                return behind;
            }
            behind.close(); // only a part of the record is settled, or somebody moved the cursor by hand
        }
        return log.follow(place.position());
    }

    private boolean resync() throws FollowerException, StoppedException, PlaceLostException, InterruptedException {
        if (log.trimmedBelow() == CommittedLog.BEGINNING) {
            batch = new Batch(Place.BEGINNING);
        } else {
            if (resync == null) {
                resync = new SnapshotResync(newestSnapshot(), writer, messages, this::reportEntries);
            }
            batch = new Batch(resync.run());
            resync = null;
        }
        events.into(batch, toldSequence);
        isResynced = true;
        state = State.UNLOCATED;
        return contacted();
    }

    private LogSnapshot newestSnapshot() throws StoppedException {
        return log.newestSnapshot()
                .orElseThrow(() -> new StoppedException(
                        "history before position " + log.trimmedBelow()
                                + " was trimmed, and there is no snapshot of it:" + " have one made",
                        null));
    }

    private boolean follow() throws FollowerException, StoppedException, PlaceLostException, InterruptedException {
        final boolean isMore = !batch.isEmpty() || read();
        if (!batch.isEmpty()) {
            writer.write(batch);
            return contacted() && isMore;
        }
        final boolean isMoved = !batch.end().isSameCursor(writer.place());
        final Duration interval = isMoved ? pace.cursorInterval() : pace.checkInterval();
        if (System.nanoTime() - lastContactNs >= interval.toNanos()) {
            if (isMoved) {
                writer.write(batch);
            } else {
                writer.check();
            }
            contacted();
        } else if (isMore && !status.isDegraded()) {
            report();
        }
        return isMore;
    }

    /** Reads until the batch is full or the log is at its end for now; says whether there may be more. */
    private boolean read() {
        int records = 0;
        int polled;
        try {
            do {
                polled = reader.poll(events, POLL_RECORDS_MAX);
                records += polled;
            } while (polled > 0 && !batch.isFull() && records < STEP_RECORDS_MAX);
        } finally {
            batch.endAt(batch.end().at(reader.position()));
        }
        return polled > 0;
    }

    private boolean contacted() {
        lastContactNs = System.nanoTime();
        report();
        return true;
    }

    private void report() {
        final Place place = batch.end();
        if (state == State.RESYNCING) {
            reportEntries(0);
        } else if (place.sequence() < resyncSequence) {
            report(Condition.RESYNCING, "settles again: sequence " + place.sequence() + " of " + resyncSequence);
        } else {
            report(Condition.FOLLOWING, "");
        }
    }

    private void reportEntries(final long entries) {
        report(Condition.RESYNCING, "settles the newest snapshot: " + entries + " entries so far");
    }

    /** What is in the batch is not dealt with yet: the sequence stays where it was. */
    private void report(final Condition condition, final String detail) {
        final Place place = batch.end();
        status = batch.isEmpty()
                ? new FollowerStatus(place.sequence(), place.timeMs(), condition, detail)
                : new FollowerStatus(status.sequence(), status.timeMs(), condition, detail);
    }

    private FollowerException away(final FollowerException e) {
        report(Condition.AWAY, e.getMessage());
        return e;
    }

    private void stop(final Exception e) {
        if (!e.getMessage().equals(status.detail())) {
            LOG.error("settlement stopped: {}", e.getMessage());
        }
        release();
        state = State.STOPPED;
        stoppedNs = System.nanoTime();
        report(Condition.STOPPED, e.getMessage());
    }

    /** Forgets what was read: the cursor is to be taken again. */
    private void release() {
        closeReader();
        resync = null;
        isResynced = false;
        batch = new Batch(batch.isEmpty() ? batch.end() : writer.place());
        state = State.UNTAKEN;
    }

    private void closeReader() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    /** Notes the place of what was read last, if the database is there: so that the next start reads no more than it must. */
    @Override
    public void close() {
        try {
            final boolean isToBeNoted = batch.isEmpty() && !batch.end().isSameCursor(writer.place());
            if (state == State.FOLLOWING && isToBeNoted && !status.isDegraded()) {
                writer.write(batch);
            }
        } catch (final FollowerException | StoppedException | PlaceLostException e) {
            LOG.info("settlement ends, and what it passed by last is read again: {}", e.getMessage());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeReader();
        }
    }
}
