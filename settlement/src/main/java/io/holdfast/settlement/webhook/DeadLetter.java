package io.holdfast.settlement.webhook;

import java.time.Instant;

/**
 * A message that was given up.
 *
 * @param id its place in the outbox: where a next page goes on
 * @param messageId the {@code webhook-id}
 * @param attempts how many were made
 * @param lastError why the last one failed
 * @param createdAt when it was settled
 * @param failedAt when it was given up
 * @param body what was sent, JSON
 */
public record DeadLetter(
        long id,
        String messageId,
        String type,
        String subject,
        int attempts,
        String lastError,
        Instant createdAt,
        Instant failedAt,
        String body) {}
