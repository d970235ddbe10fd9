package io.holdfast.journal;

import java.util.List;
import java.util.Optional;

/**
 * The newest snapshot that was found whole, and those newer ones that were not.
 *
 * @param newest verified from front to back; empty when none is whole
 * @param faults what is wrong with the newer ones, newest first; the files are kept as they are
 */
public record SnapshotChoice(Optional<SnapshotMeta> newest, List<JournalRefusedException> faults) {
    public SnapshotChoice {
        faults = List.copyOf(faults);
    }
}
