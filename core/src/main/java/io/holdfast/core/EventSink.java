package io.holdfast.core;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.MutableDirectBuffer;

/**
 * Where the events of one command go: a stretch of the host's buffer, each event behind its length.
 *
 * <pre>
 *   +----------------+---------------------------+----------------+-----
 *   | length, uint32 | event, SBE header first   | length, uint32 | ...
 *   +----------------+---------------------------+----------------+-----
 * </pre>
 */
public final class EventSink {
    private MutableDirectBuffer buffer;
    private int start;
    private int end;
    private int position;
    private int count;

    /** Points the sink at {@code capacity} bytes from {@code offset} on and empties it. */
    public EventSink wrap(final MutableDirectBuffer buffer, final int offset, final int capacity) {
        this.buffer = buffer;
        this.start = offset;
        this.end = offset + capacity;
        this.position = offset;
        this.count = 0;
        return this;
    }

    /** Bytes written since {@link #wrap}. */
    public int length() {
        return position - start;
    }

    /** Events written since {@link #wrap}. */
    public int count() {
        return count;
    }

    int remaining() {
        return end - position;
    }

    MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Where the next event's message is to be encoded. */
    int begin() {
        return position + Integer.BYTES;
    }

    /** Seals the event that was encoded at {@link #begin}. */
    void end(final int eventLength) {
        buffer.putInt(position, eventLength, LITTLE_ENDIAN);
        position += Integer.BYTES + eventLength;
        count++;
    }
}
