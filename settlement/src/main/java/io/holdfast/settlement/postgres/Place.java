package io.holdfast.settlement.postgres;

import io.holdfast.settlement.log.CommittedLog;
import java.util.Optional;

/**
 * How far settlement is.
 *
 * @param sequence of the last record that is settled, or passed by
 * @param position where to go on reading
 * @param timeMs logical time of that record, in epoch milliseconds; 0 where it is not known
 * @param mark of the record that was read last; empty where none was: at the beginning, and behind a snapshot
 */
record Place(long sequence, long position, long timeMs, Optional<Mark> mark) {
    static final Place BEGINNING = new Place(0, CommittedLog.BEGINNING, 0, Optional.empty());

    /** Whether the cursor in the database would be the same. */
    boolean isSameCursor(final Place other) {
        return sequence == other.sequence && position == other.position;
    }

    /** The same record, with another place to go on. */
    Place at(final long newPosition) {
        return new Place(sequence, newPosition, timeMs, mark);
    }
}
