package io.holdfast.settlement.state;

import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.log.HistoryTrimmedException;
import io.holdfast.settlement.log.LogReader;
import io.holdfast.settlement.log.LogSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * A log with other snapshots than it has, and perhaps without its beginning.
 *
 * @param alter makes of the snapshots that there are, the newest first, those that are shown
 * @param beginsAt the position below which history counts as gone
 */
record AlteredLog(CommittedLog log, UnaryOperator<List<LogSnapshot>> alter, long beginsAt) implements CommittedLog {
    @Override
    public UUID id() {
        return log.id();
    }

    @Override
    public long endSequence() {
        return log.endSequence();
    }

    @Override
    public long trimmedBelow() {
        return Math.max(beginsAt, log.trimmedBelow());
    }

    @Override
    public LogReader follow(final long fromPosition) throws HistoryTrimmedException {
        if (fromPosition < beginsAt) {
            throw new HistoryTrimmedException(fromPosition, beginsAt);
        }
        return log.follow(fromPosition);
    }

    @Override
    public Optional<LogSnapshot> newestSnapshot() {
        return snapshots().stream().findFirst();
    }

    @Override
    public List<LogSnapshot> snapshots() {
        return alter.apply(log.snapshots());
    }
}
