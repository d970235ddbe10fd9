package io.holdfast.settlement.postgres;

import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.log.HistoryTrimmedException;
import io.holdfast.settlement.log.LogReader;
import io.holdfast.settlement.log.UncheckedLogException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the database, before a server starts, whether it knows records that the journal does not hold: later ones, or another
 * one in the place where settlement stands.
 *
 * <p>Needs no schema and changes nothing. A database that does not answer is no reason not to start: the follower finds it
 * out later.
 */
public final class LostTailCheck {
    private static final Logger LOG = LoggerFactory.getLogger(LostTailCheck.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** By way of JSON, columns that an older schema does not have yet are null. */
    private static final String READ = "select journal_sequence, (to_jsonb(c) ->> 'record_position')::bigint,"
            + " (to_jsonb(c) ->> 'record_time_ms')::bigint, (to_jsonb(c) ->> 'record_checksum')::int,"
            + " (to_jsonb(c) ->> 'lost_sequence')::bigint"
            + " from holdfast.settlement_cursor as c where journal_id = ?";

    private static final String UNDEFINED_TABLE = "42P01";
    private static final String INVALID_SCHEMA_NAME = "3F000";

    /** What the database says. */
    public enum Verdict {
        /** It could not be asked. */
        UNREACHABLE,
        /** It knows nothing that the journal does not, or nothing tells. */
        FINE,
        /** It knows records that the journal does not hold. */
        LOST
    }

    /**
     * What the database says.
     *
     * @param settledSequence the last sequence that was settled of this journal; 0 where there is none, or it is not known
     * @param detail a sentence for people
     */
    public record Result(Verdict verdict, long settledSequence, String detail) {}

    private LostTailCheck() {}

    /** What the database says of this journal. */
    private record Settled(long sequence, Optional<Mark> mark, boolean isLossFound) {}

    /**
     * Asks. The database takes about twice two seconds of it, whatever it does; the journal is read in one segment.
     *
     * @param log nothing is appended to it meanwhile
     */
    public static Result ask(final PostgresConfig config, final CommittedLog log) {
        final Optional<Settled> settled;
        try {
            settled = read(config, log.id());
        } catch (final SQLException e) {
            LOG.debug("asking {} how far it is", config, e);
            return new Result(
                    Verdict.UNREACHABLE, 0, "Postgres at " + config + " could not be asked: " + e.getMessage());
        }
        return settled.map(each -> compare(each, log)).orElseGet(() -> fine(0));
    }

    private static Optional<Settled> read(final PostgresConfig config, final UUID journalId) throws SQLException {
        try (Connection connection =
                        Database.dataSource(config, TIMEOUT, TIMEOUT).getConnection();
                PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setObject(1, journalId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Settled(row.getLong(1), CursorTable.mark(row, 2), row.getLong(5) > 0))
                        : Optional.empty();
            }
        } catch (final SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState()) || INVALID_SCHEMA_NAME.equals(e.getSQLState())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Result compare(final Settled settled, final CommittedLog log) {
        final long lastSequence = log.endSequence();
        if (settled.sequence() > lastSequence) {
            return lost(LostTailException.ahead(log.id(), settled.sequence(), lastSequence));
        }
        if (settled.isLossFound()) {
            return lost(LostTailException.replaced(log.id(), settled.sequence(), lastSequence));
        }
        final Optional<Mark> missing = settled.mark().filter(mark -> !isHeld(mark, log));
        return missing.map(mark -> lost(LostTailException.replaced(log.id(), settled.sequence(), mark, lastSequence)))
                .orElseGet(() -> fine(settled.sequence()));
    }

    private static boolean isHeld(final Mark mark, final CommittedLog log) {
        try (LogReader reader = mark.follow(log).orElse(null)) {
            return reader != null;
        } catch (final HistoryTrimmedException e) {
            LOG.debug("nothing tells whether the journal's tail is lost: {}", e.getMessage());
            return true;
        } catch (final UncheckedLogException e) {
            LOG.warn("nothing tells whether the journal's tail is lost: {}", e.getMessage());
            return true; // settlement looks again when it begins to read there
        }
    }

    private static Result lost(final LostTailException e) {
        return new Result(Verdict.LOST, e.settledSequence(), e.getMessage());
    }

    private static Result fine(final long settledSequence) {
        return new Result(Verdict.FINE, settledSequence, "");
    }
}
