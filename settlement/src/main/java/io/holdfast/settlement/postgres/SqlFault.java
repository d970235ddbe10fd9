package io.holdfast.settlement.postgres;

import java.sql.SQLException;
import java.util.Set;
import org.postgresql.util.PSQLException;

/**
 * What to do about a failed statement.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL error codes</a>
 */
enum SqlFault {
    /** A deadlock or a serialization failure: do the whole transaction again, at once. */
    AGAIN,
    /** The database refuses these data and will refuse them again. */
    DATA,
    /** Anything else, a lost connection above all: try again later. No row is ever to blame for it. */
    AWAY;

    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK_DETECTED = "40P01";
    private static final String RAISED_BY_A_TRIGGER = "P0001";
    private static final String TOO_LONG_FOR_AN_INDEX = "54000";

    private static final Set<String> SEQUENCE_KEYS =
            Set.of("orders_journal_sequence_key", "refunds_journal_sequence_key");

    private static final String CLASS_DATA_EXCEPTION = "22";
    private static final String CLASS_CONSTRAINT_VIOLATION = "23";
    private static final String CLASS_CHECK_OPTION_VIOLATION = "44";
    private static final String CLASS_INVALID_SCHEMA_NAME = "3F";
    private static final String CLASS_ACCESS_RULE = "42";

    static SqlFault of(final SQLException e) {
        final String state = e.getSQLState();
        if (state == null) {
            return AWAY;
        }
        if (state.equals(SERIALIZATION_FAILURE) || state.equals(DEADLOCK_DETECTED)) {
            return AGAIN;
        }
        final boolean isData = state.startsWith(CLASS_DATA_EXCEPTION)
                || state.startsWith(CLASS_CONSTRAINT_VIOLATION)
                || state.startsWith(CLASS_CHECK_OPTION_VIOLATION)
                || state.equals(RAISED_BY_A_TRIGGER)
                || state.equals(TOO_LONG_FOR_AN_INDEX);
        return isData ? DATA : AWAY;
    }

    /** Whether a unique key is taken: the database holds something that contradicts what is to be written. */
    static boolean isTaken(final SQLException e) {
        return "23505".equals(e.getSQLState());
    }

    /** Whether it is the sequence of an order or a refund that is taken. */
    static boolean isSequenceTaken(final SQLException e) {
        return isTaken(e)
                && e instanceof PSQLException refusal
                && refusal.getServerErrorMessage() != null
                && SEQUENCE_KEYS.contains(refusal.getServerErrorMessage().getConstraint());
    }

    /** Whether a table or a column is not there, or is not ours to use. */
    static boolean isOfTheSchema(final SQLException e) {
        final String state = e.getSQLState();
        return state != null && (state.startsWith(CLASS_INVALID_SCHEMA_NAME) || state.startsWith(CLASS_ACCESS_RULE));
    }
}
