package io.holdfast.perf.load;

import org.agrona.MutableDirectBuffer;

/** Writes requests. Called by the thread of each loop: an implementation keeps no state between calls. */
@FunctionalInterface
public interface RequestSource {
    /** Longest request, head and body. */
    int REQUEST_LENGTH_MAX = 24 * 1024;

    /**
     * Writes the whole of a request, head and body, at the beginning of the buffer.
     *
     * @param index of the request, from 0, the warm-up's first
     * @return its length, at most {@link #REQUEST_LENGTH_MAX}
     */
    int write(long index, MutableDirectBuffer buffer);
}
