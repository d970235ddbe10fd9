package io.holdfast.settlement.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the database, before a server starts, whether it knows later records than the journal holds.
 *
 * <p>Needs no schema and changes nothing. A database that does not answer is no reason not to start: the follower finds it
 * out later.
 */
public final class LostTailCheck {
    private static final Logger LOG = LoggerFactory.getLogger(LostTailCheck.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final String READ = "select journal_sequence from holdfast.settlement_cursor where journal_id = ?";
    private static final String UNDEFINED_TABLE = "42P01";
    private static final String INVALID_SCHEMA_NAME = "3F000";

    /** What the database says. */
    public enum Verdict {
        /** It could not be asked. */
        UNREACHABLE,
        /** It knows nothing that the journal does not. */
        FINE,
        /** It knows more. */
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

    /**
     * Asks. Returns within about twice two seconds, whatever the database does.
     *
     * @param lastSequence the last one that the journal holds
     */
    public static Result ask(final PostgresConfig config, final UUID journalId, final long lastSequence) {
        try (Connection connection =
                        Database.dataSource(config, TIMEOUT, TIMEOUT).getConnection();
                PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setObject(1, journalId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? compare(journalId, row.getLong(1), lastSequence) : fine(0);
            }
        } catch (final SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState()) || INVALID_SCHEMA_NAME.equals(e.getSQLState())) {
                return fine(0);
            }
            LOG.debug("asking {} how far it is", config, e);
            return new Result(
                    Verdict.UNREACHABLE, 0, "Postgres at " + config + " could not be asked: " + e.getMessage());
        }
    }

    private static Result compare(final UUID journalId, final long settledSequence, final long lastSequence) {
        if (settledSequence <= lastSequence) {
            return fine(settledSequence);
        }
        return new Result(
                Verdict.LOST,
                settledSequence,
                new LostTailException(journalId, settledSequence, lastSequence).getMessage());
    }

    private static Result fine(final long settledSequence) {
        return new Result(Verdict.FINE, settledSequence, "");
    }
}
