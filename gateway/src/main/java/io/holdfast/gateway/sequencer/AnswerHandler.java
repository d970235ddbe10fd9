package io.holdfast.gateway.sequencer;

/** Takes completed exchanges back, on the lane's own event loop. */
@FunctionalInterface
public interface AnswerHandler {
    /** Called once for each accepted exchange, in the order of the decisions; the exchange is the owner's again. */
    void onAnswer(Exchange exchange);

    /** Called after the last {@link #onAnswer} of a pass, so that writes can be flushed once. */
    default void onPassEnd() {}
}
