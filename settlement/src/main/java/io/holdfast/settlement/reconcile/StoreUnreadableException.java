package io.holdfast.settlement.reconcile;

/** A store cannot be read, so nothing can be said of it: the message names the flag and the next step. */
public final class StoreUnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoreUnreadableException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
