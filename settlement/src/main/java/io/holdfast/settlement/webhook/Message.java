package io.holdfast.settlement.webhook;

/**
 * A message that this sender has claimed: until its lease ends nobody else sends it.
 *
 * @param id its place in the outbox
 * @param lease what the outbox wrote for the claim; a result counts only while it still stands there
 * @param claimedNs {@link System#nanoTime} from before the claim: the lease counts from then or later
 * @param messageId the {@code webhook-id}, the same at every attempt
 * @param attempts how many failed before
 * @param sinceFirstMs since the first attempt ended; 0 when there was none
 */
record Message(long id, String lease, long claimedNs, String messageId, String body, int attempts, long sinceFirstMs) {}
