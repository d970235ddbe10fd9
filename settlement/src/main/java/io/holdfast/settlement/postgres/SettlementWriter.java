package io.holdfast.settlement.postgres;

import io.holdfast.settlement.follow.FollowerException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transactions: each moves the cursor first, under the fence, and then writes what was read up to there.
 *
 * <p>On return all is committed. When it throws, what is not settled is still in the batch, and the same call may be made
 * again: what an unknown outcome has committed is found by the cursor.
 */
final class SettlementWriter {
    private static final Logger LOG = LoggerFactory.getLogger(SettlementWriter.class);

    /** Deadlocks in a row before it is given a rest. */
    private static final int AGAIN_MAX = 5;

    /** Refusals in a row without a change that was taken: then it is not the rows. */
    private static final int REFUSED_IN_A_ROW_MAX = 100;

    private final Database database;
    private final UUID journalId;
    private final UUID writer = UUID.randomUUID();
    private final CursorTable cursor;
    private final long begunSequence;
    private final SettlementFigures figures;

    /** Where the cursor was left; 0 as the fence until it was taken. */
    private Place place = Place.BEGINNING;

    private long fence;
    private Loss loss = Loss.NONE;

    /** The last one of the log when the cursor was taken. */
    private long endSequence;

    private int refusedInARow;

    /** @param begunSequence the last one of the log as this process began: no other knows more, unless its tail was lost */
    SettlementWriter(
            final Database database, final UUID journalId, final long begunSequence, final SettlementFigures figures) {
        this.database = database;
        this.journalId = journalId;
        this.begunSequence = begunSequence;
        this.cursor = new CursorTable(journalId, writer);
        this.figures = figures;
    }

    /**
     * What the database knew before this process.
     *
     * @param place where to go on
     * @param newestSequence the last one of which all is in the database, as far as its rows tell
     * @param isAhead whether another process had left the cursor beyond what the log held then
     */
    record Taken(Place place, long newestSequence, long fence, long quarantineRows, Loss loss, boolean isAhead) {}

    /**
     * Takes the cursor: from now on this process settles, and no other.
     *
     * @param logSequence the last one that is committed
     * @param isFromBeginning whether a lost tail was accepted: all that can be settled again is to be, however far the
     *     cursor is, and rows of what was lost give way
     * @throws LostTailException when the database is ahead of the log, or was when this process began: then the log has
     *     grown past it since, and it is noted where nothing else tells the next process
     * @throws StoppedException when the database is another journal's, or another process took the cursor from this one
     */
    Taken take(final long logSequence, final boolean isFromBeginning)
            throws FollowerException, StoppedException, InterruptedException {
        requireNotInterrupted();
        try {
            final Taken taken = database.inTransaction(connection -> take(connection, logSequence, isFromBeginning));
            place = taken.place();
            fence = taken.fence();
            loss = taken.loss();
            endSequence = logSequence;
            figures.onQuarantineCounted(taken.quarantineRows());
            if (taken.isAhead()) {
                throw LostTailException.ahead(journalId, taken.place().sequence(), begunSequence);
            }
            return taken;
        } catch (final SQLException e) {
            throw away(e);
        }
    }

    private Taken take(final Connection connection, final long logSequence, final boolean isFromBeginning)
            throws SQLException, StoppedException {
        final Optional<CursorTable.Row> found = cursor.readForUpdate(connection);
        final CursorTable.Row row = found.orElse(new CursorTable.Row(journalId, Place.BEGINNING, writer, 0, Loss.NONE));
        requireOurs(row);
        if (!isFromBeginning && row.place().sequence() > logSequence) {
            throw LostTailException.ahead(journalId, row.place().sequence(), logSequence);
        }
        if (!isFromBeginning && row.loss().isFound()) {
            throw LostTailException.replaced(journalId, row.loss().foundSequence(), logSequence);
        }
        // Its position may be one among what was written since: without a mark nothing but this tells, and only now.
        final boolean isAhead = !isFromBeginning
                && fence == 0
                && row.place().sequence() > begunSequence
                && !row.writer().equals(writer);
        final Place from = isFromBeginning ? Place.BEGINNING : row.place();
        final long newestPayment = PaymentsTable.newestSequence(connection);
        Loss known = row.loss();
        if (isFromBeginning) {
            known = known.accepted(Math.max(row.place().sequence(), newestPayment));
        } else if (isAhead && row.place().mark().isEmpty()) {
            known = known.found(row.place().sequence());
        }
        final long raised = Math.max(fence, row.fence()) + 1;
        if (found.isPresent()) {
            cursor.take(connection, from, raised, known);
        } else if (!cursor.insert(connection, from, raised)) {
            throw new SQLException("another process made the cursor at the same moment");
        }
        // What came with the newest payment in one record may have been cut off from it.
        final long newest = Math.max(row.place().sequence(), newestPayment - 1);
        return new Taken(from, newest, raised, Quarantine.count(connection), known, isAhead);
    }

    private void requireOurs(final CursorTable.Row row) throws StoppedException {
        if (!row.journalId().equals(journalId)) {
            throw new StoppedException(
                    "the database is settled by journal " + row.journalId() + ", and this is journal " + journalId
                            + ": nothing is settled. Name the database that belongs to this journal, or a new one",
                    null);
        }
        requireNotOthers(row);
    }

    /** Whoever came later has the higher fence; one below ours was put back by a backup. */
    private void requireNotOthers(final CursorTable.Row row) throws StoppedException {
        if (fence > 0 && row.fence() >= fence && !row.writer().equals(writer)) {
            throw new StoppedException(
                    "another process settles into this database, since sequence "
                            + row.place().sequence() + " or before: end it, or this one",
                    null);
        }
    }

    /** Settles a batch to its end; it is empty then. An empty one moves the cursor only. */
    void write(final Batch batch) throws FollowerException, StoppedException, PlaceLostException, InterruptedException {
        int count = batch.size();
        int again = 0;
        do {
            requireNotInterrupted();
            try {
                settle(batch, count);
                refusedInARow = count == 0 ? refusedInARow : 0;
                again = 0;
                count = Math.min(batch.size(), Math.max(1, count * 2));
            } catch (final SQLException e) {
                figures.onRetry();
                switch (SqlFault.of(e)) {
                    case AGAIN -> {
                        if (++again > AGAIN_MAX) {
                            throw away(e);
                        }
                    }
                    case DATA -> count = narrow(batch, count, e);
                    case AWAY -> throw away(e);
                }
            }
        } while (!batch.isEmpty());
    }

    private void settle(final Batch batch, final int count)
            throws SQLException, FollowerException, StoppedException, PlaceLostException {
        final List<Change> changes = batch.first(count);
        final Rows rows = Rows.of(changes);
        commit(batch.endOf(count), connection -> Tables.write(connection, rows, loss));
        if (count > 0) {
            figures.onBatch(count);
            batch.settled(count);
        }
    }

    /** Halves what the database refuses, until what is to blame stands alone; then leaves that out. */
    private int narrow(final Batch batch, final int count, final SQLException e)
            throws FollowerException, StoppedException, PlaceLostException {
        if (count > 1) {
            return count / 2;
        }
        if (count == 0 || refusedInARow >= REFUSED_IN_A_ROW_MAX) {
            throw new StoppedException(
                    "the database refuses everything, lately: " + e.getMessage() + ". See to its schema", e);
        }
        final Change change = batch.first(1).get(0);
        final Finding.Kind kind = SqlFault.isTaken(e) ? Finding.Kind.CONFLICT : Finding.Kind.POISON;
        final Finding finding =
                new Finding(change.sequence(), kind, change.subject(), change + " was refused: " + e.getMessage());
        if (SqlFault.isSequenceTaken(e) && change.sequence() <= place.sequence() && !isKnown(finding)) {
            throw otherHistory();
        }
        try {
            commit(batch.endOf(1), connection -> List.of(finding));
        } catch (final SQLException refusal) {
            if (SqlFault.of(refusal) == SqlFault.DATA) {
                throw new StoppedException("the quarantine refuses a row: " + refusal.getMessage(), refusal);
            }
            throw away(refusal);
        }
        batch.settled(1);
        refusedInARow++;
        return Math.min(1, batch.size());
    }

    /** Whether it was found before, when it did not tell of a loss: a snapshot brings all up once more. */
    private boolean isKnown(final Finding finding) throws FollowerException {
        try {
            return database.inTransaction(connection -> Quarantine.contains(connection, journalId, finding));
        } catch (final SQLException e) {
            throw away(e);
        }
    }

    /** A sequence up to which all was settled is another row's there: the log held another record when it was settled. */
    private LostTailException otherHistory() throws FollowerException, StoppedException, PlaceLostException {
        try {
            commit(place, loss.found(place.sequence()), connection -> List.of());
        } catch (final SQLException e) {
            throw away(e);
        }
        return LostTailException.replaced(journalId, place.sequence(), endSequence);
    }

    /**
     * Moves the cursor and writes, in one transaction.
     *
     * @throws SQLException when it failed, or its outcome is unknown
     */
    private void commit(final Place to, final Database.Work<List<Finding>, RuntimeException> work)
            throws SQLException, FollowerException, StoppedException, PlaceLostException {
        commit(to, loss.passed(to.sequence()), work);
    }

    private void commit(final Place to, final Loss left, final Database.Work<List<Finding>, RuntimeException> work)
            throws SQLException, FollowerException, StoppedException, PlaceLostException {
        final Optional<List<Finding>> found = database.inTransaction(connection -> {
            if (!cursor.move(connection, place, to, left)) {
                return Optional.empty();
            }
            final List<Finding> findings = work.in(connection);
            return Optional.of(findings.isEmpty() ? findings : Quarantine.write(connection, journalId, findings));
        });
        if (found.isEmpty()) {
            requireCommitted(to);
        }
        place = to;
        loss = left;
        found.ifPresent(findings -> findings.forEach(this::report));
    }

    private void report(final Finding finding) {
        figures.onFinding(finding);
        LOG.error(
                "settlement of sequence {} needs a person, see settlement_quarantine: {}, {}: {}",
                finding.sequence(),
                finding.kind().word(),
                finding.subject(),
                finding.detail());
    }

    /** The cursor was not as it was left: either an unknown outcome was a commit, or somebody else moved it. */
    private void requireCommitted(final Place to) throws SQLException, StoppedException, PlaceLostException {
        final Optional<CursorTable.Row> row = database.inTransaction(cursor::read);
        final boolean isCommitted = row.isPresent()
                && row.get().writer().equals(writer)
                && row.get().place().isSameCursor(to);
        if (!isCommitted) {
            throw lost(row);
        }
        LOG.info("the commit up to sequence {}, whose outcome was unknown, is there", to.sequence());
        figures.onQuarantineCounted(database.inTransaction(Quarantine::count));
    }

    /**
     * Looks whether the cursor is where it was left: nothing tells of a backup that was put back while there was nothing
     * to settle.
     */
    void check() throws FollowerException, StoppedException, PlaceLostException, InterruptedException {
        requireNotInterrupted();
        try {
            final Optional<CursorTable.Row> row = database.inTransaction(cursor::read);
            final boolean isInPlace = row.isPresent()
                    && row.get().writer().equals(writer)
                    && row.get().place().isSameCursor(place);
            if (!isInPlace) {
                throw lost(row);
            }
        } catch (final SQLException e) {
            throw away(e);
        }
    }

    private PlaceLostException lost(final Optional<CursorTable.Row> row) throws StoppedException {
        if (row.isPresent()) {
            requireOurs(row.get());
        }
        return new PlaceLostException("the cursor was left at " + place + ", and is now "
                + row.map(each -> "at " + each.place()).orElse("gone"));
    }

    /** Moves the cursor behind a snapshot that is settled, and lets go of what was put by for it. */
    void endResync(final Place end)
            throws FollowerException, StoppedException, PlaceLostException, InterruptedException {
        try {
            final boolean[] isMore = {true};
            while (isMore[0]) {
                requireNotInterrupted();
                commit(place, connection -> {
                    isMore[0] = HoldsPutBy.clearSome(connection);
                    return List.of();
                });
            }
            commit(end, connection -> List.of());
        } catch (final SQLException e) {
            throw away(e);
        }
    }

    /** The images of paid holds that were put by. */
    Map<UUID, DirectBuffer> holdsPutBy(final Object[] holdIds) throws FollowerException {
        try {
            return database.inTransaction(connection -> HoldsPutBy.read(connection, holdIds));
        } catch (final SQLException e) {
            throw away(e);
        }
    }

    /** Where the cursor was left. */
    Place place() {
        return place;
    }

    private static void requireNotInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("settlement is to end");
        }
    }

    private FollowerException away(final SQLException e) {
        final String state = e.getSQLState() == null ? "" : " (SQLSTATE " + e.getSQLState() + ")";
        return new FollowerException("Postgres at " + database + " cannot be used" + state + ": " + e.getMessage(), e);
    }
}
