package io.holdfast.settlement.reconcile;

import io.holdfast.settlement.log.JournalHistory;
import io.holdfast.settlement.log.LogReader;
import io.holdfast.settlement.log.LogSnapshot;
import java.util.Optional;

/**
 * How far the journal goes at a moment.
 *
 * @param sequence of the last record; 0 when there is none
 * @param moneySequence what settlement must have come to for all money to be settled: no record after it moves any
 */
record JournalEnd(long sequence, long moneySequence) {

    /** Reads from the newest snapshot to the end. */
    static JournalEnd of(final JournalHistory history) {
        final Optional<LogSnapshot> snapshot = history.newestSnapshot();
        final MoneyDecoder decoder = new MoneyDecoder();
        final long[] last = {0, snapshot.map(LogSnapshot::sequence).orElse(0L)};
        try (LogReader reader = history.read(snapshot.map(LogSnapshot::position).orElse(history.trimmedBelow()))) {
            JournalHistory.readToEnd(reader, (position, sequence, timeMs, record) -> {
                last[0] = sequence;
                if (decoder.isMoney(record)) {
                    last[1] = sequence;
                }
            });
        }
        return new JournalEnd(
                Math.max(last[0], snapshot.map(LogSnapshot::sequence).orElse(0L)), last[1]);
    }
}
