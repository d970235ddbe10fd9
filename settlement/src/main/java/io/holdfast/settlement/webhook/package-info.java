/**
 * Outbound webhooks: messages from the outbox, signed and posted to the one target that the operator configured, at least
 * once, in order per hold.
 *
 * <p>Runs on a thread of its own; has no cursor in the log, the outbox is its queue.
 */
package io.holdfast.settlement.webhook;
