/**
 * Outbound webhooks: messages from the outbox, signed as Standard Webhooks 1.0 asks, posted to the one target that the
 * operator configured, at least once, in order per subject.
 *
 * <p>Runs on a thread of its own, which alone speaks to Postgres; the HTTP client brings two for the sockets. Has no cursor
 * in the log: the outbox is its queue. A target that is away is no failure of the follower; it is shown, and probed.
 *
 * <p>Must not read what a target answers beyond its status, follow where it redirects, or wait for it.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 *     Webhooks</a>
 */
package io.holdfast.settlement.webhook;
