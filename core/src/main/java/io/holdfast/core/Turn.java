package io.holdfast.core;

import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.MessageHeaderEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * One command's turn: when it came, where its events go, and what is answered.
 *
 * <p>To emit is to encode and apply at once, so a decision always goes on with the state that its own events made.
 */
final class Turn {
    final State state;
    final MessageHeaderEncoder header = new MessageHeaderEncoder();

    private final Applier applier;
    private final DropImages dropImages = new DropImages();

    private long sequence;
    private long timeMs;
    private EventSink sink;
    private Answer answer;

    Turn(final State state, final Applier applier) {
        this.state = state;
        this.applier = applier;
    }

    /**
     * Begins a turn.
     *
     * @throws IllegalArgumentException if sequence or time step back, or the sink has no room for all that may come
     */
    void begin(
            final long sequence,
            final long timeMs,
            final int commandLength,
            final EventSink sink,
            final Answer answer) {
        if (sequence <= state.sequence || timeMs < state.timeMs) {
            throw new IllegalArgumentException("command " + sequence + " at " + timeMs + " after command "
                    + state.sequence + " at " + state.timeMs);
        }
        if (sink.remaining() < Limits.eventsLengthMax(commandLength)) {
            throw new IllegalArgumentException("the sink has " + sink.remaining() + " bytes, a command of "
                    + commandLength + " needs " + Limits.eventsLengthMax(commandLength));
        }
        this.sequence = sequence;
        this.timeMs = timeMs;
        this.sink = sink;
        this.answer = answer;
    }

    long sequence() {
        return sequence;
    }

    long timeMs() {
        return timeMs;
    }

    /** Where the next event is encoded. */
    MutableDirectBuffer buffer() {
        return sink.buffer();
    }

    /** Offset at which the next event is encoded, its header first. */
    int at() {
        return sink.begin();
    }

    /** Seals the event that ends before {@code limit}, and applies it. */
    void emit(final int limit) {
        final int offset = sink.begin();
        final int length = limit - offset;
        sink.end(length);
        applier.apply(sequence, timeMs, sink.buffer(), offset, length);
    }

    /** Puts the drop's image into the event under way, and returns the limit after it. */
    int nestImage(final Drop drop, final int limit) {
        return endNested(buffer(), limit, dropImages.encode(drop, buffer(), nestedAt(limit)));
    }

    void answerHold(final int hold, final boolean repeated) {
        answer.begin(sequence, timeMs, repeated);
        answer.end(state.holds.copyImage(hold, answer.writable(), 0));
    }

    void answerDrop(final Drop drop, final boolean repeated) {
        answer.begin(sequence, timeMs, repeated);
        answer.end(dropImages.encode(drop, answer.writable(), 0));
    }

    void answerPayment(final int payment, final boolean repeated) {
        answer.begin(sequence, timeMs, repeated);
        answer.copy(
                state.payments.page(payment), state.payments.imageOffset(payment), state.payments.imageLength(payment));
    }

    /** Answers with a message that stands elsewhere. */
    void answer(
            final long verdictSequence,
            final boolean repeated,
            final DirectBuffer source,
            final int offset,
            final int length) {
        answer.begin(verdictSequence, timeMs, repeated);
        answer.copy(source, offset, length);
    }

    /** Where a nested message is encoded in the event under way: behind its length. */
    static int nestedAt(final int limit) {
        return limit + Integer.BYTES;
    }

    /** Puts the length before a nested message and returns the limit after it. */
    static int endNested(final MutableDirectBuffer buffer, final int limit, final int length) {
        buffer.putInt(limit, length, MessageHeaderDecoder.BYTE_ORDER);
        return limit + Integer.BYTES + length;
    }
}
