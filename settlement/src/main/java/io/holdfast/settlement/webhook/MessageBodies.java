package io.holdfast.settlement.webhook;

import org.agrona.DirectBuffer;

/**
 * The outside's words for what happened: the {@code data} of a webhook as JSON. Given to settlement by whoever owns the
 * contract with the outside. Called on the settlement's thread.
 */
public interface MessageBodies {
    /**
     * A hold.
     *
     * @param image a {@code HoldImage}, header first
     * @param nowMs logical time of the event, in epoch milliseconds: what is relative in the answer is relative to it
     */
    String hold(DirectBuffer image, int offset, long nowMs);

    /**
     * The answer to a payment.
     *
     * @param image a {@code PaymentImage}, header first
     */
    String payment(DirectBuffer image, int offset);

    /**
     * A drop.
     *
     * @param image a {@code DropImage}, header first
     */
    String drop(DirectBuffer image, int offset);
}
