package io.holdfast.journal;

import org.agrona.DirectBuffer;

/**
 * Takes the chunks of a snapshot in order: a store's when it is written, a state machine's when it is read.
 */
@FunctionalInterface
public interface SnapshotChunkHandler {

    /** Length of the longest chunk, in bytes. */
    int CHUNK_LENGTH_MAX = 1024 * 1024;

    /** The bytes are the caller's and valid during the call; length from 1 to {@link #CHUNK_LENGTH_MAX}. */
    void onChunk(DirectBuffer buffer, int offset, int length);
}
