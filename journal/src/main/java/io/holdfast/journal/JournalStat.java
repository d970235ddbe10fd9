package io.holdfast.journal;

import java.util.UUID;

/**
 * What a reader has seen so far. Read to the end, it describes the journal.
 *
 * @param segmentCount files now, a spare with them
 * @param firstPosition of the oldest segment now
 * @param position behind what was read
 * @param batchCount data, open and close batches read, those before the starting position not counted
 * @param openBatchCount starts of the server among them
 * @param closeBatchCount clean stops among them
 * @param epoch of the last batch read
 * @param lastType whether the last batch read was {@code DATA}, {@code OPEN} or {@code CLOSE}; empty when
 *     none was
 * @param recordCount records handed over
 * @param lastSequence of the last record read; 0 when there was none
 * @param lastTimeMs logical time of it
 * @param isTailUnfinished whether bytes of an unfinished batch lay at the end when it was last looked at
 */
public record JournalStat(
        UUID journalId,
        int segmentCount,
        long firstPosition,
        long position,
        long batchCount,
        long openBatchCount,
        long closeBatchCount,
        int epoch,
        String lastType,
        long recordCount,
        long lastSequence,
        long lastTimeMs,
        boolean isTailUnfinished) {}
