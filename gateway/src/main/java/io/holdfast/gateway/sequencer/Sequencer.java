package io.holdfast.gateway.sequencer;

import java.util.concurrent.Executor;

/**
 * Puts commands and queries in one order, has the core decide them, and gives each answer back once it is durable.
 *
 * <p>Answers come back to the lane that asked, never tied to a connection. An answer to a command is given only after
 * the command and its events are durable; an answer to a query only after everything that it saw is.
 */
public interface Sequencer {
    /**
     * Opens a lane for one event loop.
     *
     * @param eventLoop runs the handler; one task a batch at most
     * @param handler takes the answers back
     * @param inFlightMax the most exchanges that the caller will have submitted and not yet got back; beyond it
     *     {@link Lane#submit} says {@link Submission#OVERLOADED}
     */
    Lane openLane(Executor eventLoop, AnswerHandler handler, int inFlightMax);
}
