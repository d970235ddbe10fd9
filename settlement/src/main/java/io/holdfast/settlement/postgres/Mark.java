package io.holdfast.settlement.postgres;

import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.log.HistoryTrimmedException;
import io.holdfast.settlement.log.LogReader;
import io.holdfast.settlement.log.NoSuchPositionException;
import java.util.Optional;

/**
 * The record that was read last where a cursor stands. A log that lost its tail and went on has another record there, or
 * none begins there: the same time and the same content would mean that nothing was lost.
 *
 * @param position where it begins
 * @param timeMs its logical time, in epoch milliseconds
 * @param checksum as {@link RecordChecksum} has it
 */
record Mark(long position, long timeMs, int checksum) {

    /**
     * Begins to read behind the record.
     *
     * @return empty when the log does not hold it where it was
     * @throws HistoryTrimmedException when it was trimmed: nothing tells then
     * @throws io.holdfast.settlement.log.UncheckedLogException when the log cannot be read
     */
    Optional<LogReader> follow(final CommittedLog log) throws HistoryTrimmedException {
        final LogReader reader;
        try {
            reader = log.follow(position);
        } catch (final NoSuchPositionException e) {
            return Optional.empty();
        }
        boolean isSame = false;
        try {
            isSame = isNextOf(reader);
        } finally {
            if (!isSame) {
                reader.close();
            }
        }
        return isSame ? Optional.of(reader) : Optional.empty();
    }

    private boolean isNextOf(final LogReader reader) {
        final RecordChecksum checksums = new RecordChecksum();
        final boolean[] isSame = {false};
        reader.poll(
                (at, sequence, time, record) -> isSame[0] = equals(new Mark(at, time, checksums.of(sequence, record))),
                1);
        return isSame[0];
    }
}
