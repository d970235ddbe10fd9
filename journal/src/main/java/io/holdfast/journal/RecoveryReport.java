package io.holdfast.journal;

import java.util.Optional;
import java.util.UUID;

/**
 * What opening a journal found.
 *
 * @param journalId identity of the journal, random, made with it
 * @param epoch number of this start: one above the last journaled one
 * @param batchCount batches read and verified, open and close batches with them
 * @param recordCount records in them
 * @param firstPosition of the oldest segment: 0, or above when history was trimmed
 * @param verifiedFrom position of the segment from which on everything was read and verified; what is before is
 *     left to the {@link HistoryCheck}
 * @param endPosition where the next batch goes
 * @param lastSequence of the last record; 0 when there never was one
 * @param lastTimeMs logical time of the last record; 0 when there never was one
 * @param isNew whether this open made the journal
 * @param isCleanlyClosed whether the last batch is a close batch and nothing follows it
 * @param tornTail what was cut off, if anything
 */
public record RecoveryReport(
        UUID journalId,
        int epoch,
        long batchCount,
        long recordCount,
        long firstPosition,
        long verifiedFrom,
        long endPosition,
        long lastSequence,
        long lastTimeMs,
        boolean isNew,
        boolean isCleanlyClosed,
        Optional<TornTail> tornTail) {}
