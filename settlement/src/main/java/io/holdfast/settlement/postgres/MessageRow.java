package io.holdfast.settlement.postgres;

import java.util.Optional;

/**
 * A message for the webhook outbox.
 *
 * @param messageId the same for the same event, whenever it is settled, and for no other
 * @param subject messages of one subject go out in order
 * @param body the whole webhook body
 * @param payment where there is one, the message goes out only if that payment was not settled before
 */
record MessageRow(String messageId, String type, String subject, String body, Optional<String> payment) {}
