package io.holdfast.journal;

import java.util.Objects;
import java.util.UUID;

/**
 * What a snapshot is of.
 *
 * @param journalId the journal it was made from
 * @param sequence of the last record in it; the file's name
 * @param position where to go on reading: {@link JournalReader#position()} behind that record
 * @param timeMs logical time of that record
 * @param rulesVersion of the state machine that made it
 * @param stateHash of the state, to be compared once it is loaded
 */
public record SnapshotMeta(
        UUID journalId, long sequence, long position, long timeMs, int rulesVersion, long stateHash) {
    public SnapshotMeta {
        Objects.requireNonNull(journalId, "journalId");
        if (sequence < 0 || position < 0) {
            throw new IllegalArgumentException("sequence " + sequence + ", position " + position + ": negative");
        }
    }
}
