package io.holdfast.core;

import org.agrona.DirectBuffer;

/** Takes SBE messages one by one, each with its header: the entries of a snapshot, or images. */
@FunctionalInterface
public interface MessageSink {
    /** The bytes are the core's again when the call returns. */
    void onMessage(DirectBuffer buffer, int offset, int length);
}
