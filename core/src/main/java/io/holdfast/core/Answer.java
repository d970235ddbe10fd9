package io.holdfast.core;

import io.holdfast.core.message.MessageHeaderDecoder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What the core says to whoever asked: one message and when it was said.
 *
 * <p>The message is a {@code HoldImage}, {@code DropImage}, {@code PaymentImage}, {@code ImagePage} or
 * {@code CommandRejected}, its header first, at offset 0 of {@link #buffer()}. The core fills it while it decides; the
 * host sends it once what it saw is durable. Reused by its owner; not thread-safe, handed over by safe publication.
 */
public final class Answer {
    private static final int INITIAL_LENGTH = 512;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(INITIAL_LENGTH);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    private long sequence;
    private long timeMs;
    private boolean repeated;
    private int length;

    /**
     * Sequence of the command that is answered, and as of which a hold, a drop or a payment is shown; of the command that
     * was refused first where its refusal is given again; for a query, of the last command that it saw.
     */
    public long sequence() {
        return sequence;
    }

    /** Logical time at which the answer was true, in epoch milliseconds. */
    public long timeMs() {
        return timeMs;
    }

    /** Whether an earlier verdict is given again, nothing having changed. */
    public boolean repeated() {
        return repeated;
    }

    public DirectBuffer buffer() {
        return buffer;
    }

    /** Length of the message in bytes, its header included. */
    public int length() {
        return length;
    }

    /** The SBE template id of the message. */
    public int templateId() {
        return header.wrap(buffer, 0).templateId();
    }

    void begin(final long sequence, final long timeMs, final boolean repeated) {
        this.sequence = sequence;
        this.timeMs = timeMs;
        this.repeated = repeated;
        this.length = 0;
    }

    MutableDirectBuffer writable() {
        return buffer;
    }

    void end(final int length) {
        this.length = length;
    }

    void copy(final DirectBuffer source, final int offset, final int length) {
        buffer.putBytes(0, source, offset, length);
        this.length = length;
    }
}
