package io.holdfast.gateway.sequencer;

import io.holdfast.core.Answer;
import org.agrona.ExpandableArrayBuffer;

/**
 * One request on its way: the encoded command or query, and then its answer.
 *
 * <p>Owned and pooled by one lane (one event loop). From an accepted {@link Lane#submit} until
 * {@link AnswerHandler#onAnswer} it belongs to the sequencer, and its owner must neither change nor reuse it, whatever
 * becomes of the connection that asked.
 */
public final class Exchange {
    private static final int INITIAL_LENGTH = 512;

    private final ExpandableArrayBuffer message = new ExpandableArrayBuffer(INITIAL_LENGTH);
    private final Answer answer = new Answer();

    private int messageLength;
    private boolean query;
    private boolean answered;
    private Object context;

    /** Where the SBE message (header first, at offset 0) is encoded before it is submitted. */
    public ExpandableArrayBuffer message() {
        return message;
    }

    public int messageLength() {
        return messageLength;
    }

    /** Whether the message is a query: passes the ring for its place in the order, and is not journaled. */
    public boolean isQuery() {
        return query;
    }

    /** Declares the message in {@link #message()} complete. */
    public void ready(final int messageLength, final boolean query) {
        this.messageLength = messageLength;
        this.query = query;
        this.answered = false;
    }

    /** The answer; means something only when {@link #isAnswered()}. */
    public Answer answer() {
        return answer;
    }

    /** False when the sequencer stopped before the outcome was durable: it may have happened or not. */
    public boolean isAnswered() {
        return answered;
    }

    /** For implementations of {@link Sequencer}: says how the exchange ended. */
    public void complete(final boolean answered) {
        this.answered = answered;
    }

    /** Whatever the owner needs to find its way back. */
    public Object context() {
        return context;
    }

    public void context(final Object context) {
        this.context = context;
    }
}
