package io.holdfast.core;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The payload of a journal record: one command and the events that it led to.
 *
 * <pre>
 *   +----------------+-----------+----------------+---------+----------------+-----
 *   | length, uint32 |  command  | length, uint32 |  event  | length, uint32 | ...
 *   +----------------+-----------+----------------+---------+----------------+-----
 * </pre>
 *
 * <p>Little endian; command and events are SBE messages, header first. An instance is a flyweight over one payload:
 * {@link #wrap}, then {@link #nextEvent} until it says false.
 */
public final class JournalRecord {
    private DirectBuffer buffer;
    private int commandOffset;
    private int commandLength;
    private int eventsOffset;
    private int end;
    private int eventOffset;
    private int eventLength;

    /** Writes the command part and returns the length of it; the events follow there, as {@link EventSink} lays them. */
    public static int putCommand(
            final MutableDirectBuffer target, final int offset, final DirectBuffer command, final int length) {
        target.putInt(offset, length, LITTLE_ENDIAN);
        target.putBytes(offset + Integer.BYTES, command, 0, length);
        return Integer.BYTES + length;
    }

    /**
     * Points the flyweight at a payload, before its first event.
     *
     * @throws IllegalArgumentException if the command's length leaves the payload
     */
    public JournalRecord wrap(final DirectBuffer payload, final int offset, final int length) {
        buffer = payload;
        end = offset + length;
        commandOffset = offset + Integer.BYTES;
        commandLength = length < Integer.BYTES ? -1 : payload.getInt(offset, LITTLE_ENDIAN);
        if (commandLength < 0 || commandLength > end - commandOffset) {
            throw new IllegalArgumentException("record of " + length + " bytes with a command of " + commandLength);
        }
        eventsOffset = commandOffset + commandLength;
        return rewind();
    }

    /** Goes back to before the first event. */
    public JournalRecord rewind() {
        eventOffset = eventsOffset;
        eventLength = 0;
        return this;
    }

    /**
     * Steps to the next event.
     *
     * @throws IllegalArgumentException if its length leaves the payload
     */
    public boolean nextEvent() {
        final int next = eventOffset + eventLength;
        if (next == end) {
            return false;
        }
        eventOffset = next + Integer.BYTES;
        eventLength = end - next < Integer.BYTES ? -1 : buffer.getInt(next, LITTLE_ENDIAN);
        if (eventLength < 0 || eventLength > end - eventOffset) {
            throw new IllegalArgumentException("event of " + eventLength + " bytes leaves its record");
        }
        return true;
    }

    public DirectBuffer buffer() {
        return buffer;
    }

    public int commandOffset() {
        return commandOffset;
    }

    public int commandLength() {
        return commandLength;
    }

    /** Offset of the framed events, the first one's length included. */
    public int eventsOffset() {
        return eventsOffset;
    }

    /** Length of all framed events. */
    public int eventsLength() {
        return end - eventsOffset;
    }

    public int eventOffset() {
        return eventOffset;
    }

    public int eventLength() {
        return eventLength;
    }
}
