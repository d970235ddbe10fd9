package io.holdfast.perf.jmh;

import io.holdfast.core.Answer;
import io.holdfast.core.EventSink;
import io.holdfast.core.Limits;
import io.holdfast.core.StateMachine;
import java.nio.ByteBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Commands encoded ahead, and then decided one after the other: what is measured is the core alone.
 *
 * <p>Shaped as in the server: every command and every answer has a buffer of its own, and events are written one
 * behind the other into a direct buffer of a batch's size. Nobody reads them.
 */
final class CommandTape {
    /**
     * Commands on a full tape, and operations of one invocation of a core benchmark: so few that most tapes run between
     * two switches of the processor to another process, so many that reading the clock costs nothing.
     */
    static final int LENGTH = 256;

    private static final int COMMAND_LENGTH_INITIAL = 512;
    private static final int BATCH_LENGTH = 1 << 20;

    private final ExpandableArrayBuffer[] commands = new ExpandableArrayBuffer[LENGTH];
    private final Answer[] answers = new Answer[LENGTH];
    private final int[] lengths = new int[LENGTH];
    private final EventSink events = new EventSink();
    private final UnsafeBuffer batch = new UnsafeBuffer(ByteBuffer.allocateDirect(BATCH_LENGTH));

    private int count;

    CommandTape() {
        for (int i = 0; i < LENGTH; i++) {
            commands[i] = new ExpandableArrayBuffer(COMMAND_LENGTH_INITIAL);
            answers[i] = new Answer();
        }
    }

    void clear() {
        count = 0;
    }

    boolean isFull() {
        return count == LENGTH;
    }

    int count() {
        return count;
    }

    /** Where the next command is to be encoded, from offset 0 on. */
    MutableDirectBuffer next() {
        return commands[count];
    }

    /** Takes the command that was encoded at {@link #next}. */
    void add(final int length) {
        lengths[count++] = length;
    }

    /** The answer to the command of that index, once it was decided. */
    Answer answer(final int index) {
        return answers[index];
    }

    /**
     * Decides all, in their order, and returns the events that came of it. The first command's sequence is one above
     * the core's.
     */
    long decide(final StateMachine core, final long timeMs) {
        long sequence = core.sequence();
        long eventCount = 0;
        int position = 0;
        for (int i = 0; i < count; i++) {
            final int eventsLengthMax = Limits.eventsLengthMax(lengths[i]);
            if (position + eventsLengthMax > BATCH_LENGTH) {
                position = 0;
            }
            events.wrap(batch, position, eventsLengthMax);
            core.decide(++sequence, timeMs, commands[i], 0, lengths[i], events, answers[i]);
            position += events.length();
            eventCount += events.count();
        }
        return eventCount;
    }
}
