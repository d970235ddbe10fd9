package io.holdfast.gateway.audit;

import io.holdfast.gateway.json.Rfc3339;
import java.time.DateTimeException;

/**
 * A place in history: a sequence, or a time of the journal.
 *
 * @param isSequence what the value is
 * @param value the sequence, or epoch milliseconds
 */
public record Moment(boolean isSequence, long value) {
    /** After everything. */
    public static final Moment END = new Moment(true, Long.MAX_VALUE);

    /** Before everything. */
    public static final Moment BEGINNING = new Moment(true, 0);

    /**
     * Reads digits as a sequence and anything else as an RFC 3339 time.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static Moment parse(final String text) {
        try {
            if (text.matches("[0-9]+")) {
                return new Moment(true, Long.parseLong(text));
            }
            return new Moment(false, Rfc3339.parse(text));
        } catch (final NumberFormatException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is neither a sequence nor a time like 2026-11-23T12:00:00Z", e);
        }
    }

    /** Whether a record comes before this moment. */
    boolean isAfter(final long sequence, final long timeMs) {
        return (isSequence ? sequence : timeMs) < value;
    }

    /** Whether a record comes after this moment. */
    boolean isBefore(final long sequence, final long timeMs) {
        return (isSequence ? sequence : timeMs) > value;
    }
}
