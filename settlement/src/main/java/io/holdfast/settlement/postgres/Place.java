package io.holdfast.settlement.postgres;

import io.holdfast.settlement.log.CommittedLog;

/**
 * How far settlement is.
 *
 * @param sequence of the last record that is settled, or passed by
 * @param position where to go on reading
 * @param timeMs logical time of that record, in epoch milliseconds; 0 where it is not known
 */
record Place(long sequence, long position, long timeMs) {
    static final Place BEGINNING = new Place(0, CommittedLog.BEGINNING, 0);

    /** Whether the cursor in the database would be the same. */
    boolean isSameCursor(final Place other) {
        return sequence == other.sequence && position == other.position;
    }

    /** The same record, with another place to go on. */
    Place at(final long newPosition) {
        return new Place(sequence, newPosition, timeMs);
    }
}
