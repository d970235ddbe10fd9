package io.holdfast.core;

import org.agrona.DirectBuffer;

/** Takes the entries of a snapshot, one SBE message each, in canonical order. */
@FunctionalInterface
public interface SnapshotSink {
    /** The bytes are the core's again when the call returns. */
    void onEntry(DirectBuffer buffer, int offset, int length);
}
