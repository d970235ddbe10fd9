/**
 * What requests mean: routes, who may use them, the commands that they become, and the answers as HTTP.
 *
 * <p>Runs on event loops. A request passes in this order: path, method, authentication, syntax, rate, and
 * then the sequencer, whose refusal for want of room comes last. Nothing here decides about stock.
 */
package io.holdfast.gateway.api;
