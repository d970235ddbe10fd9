package io.holdfast.journal;

/** Encodes a state, chunk by chunk; the same chunks come out when the snapshot is read. */
@FunctionalInterface
public interface SnapshotContent {
    void writeTo(SnapshotChunkHandler chunks);
}
