package io.holdfast.settlement.postgres;

/** Settlement must not go on by itself; the message says why, and what to do. */
final class StoppedException extends Exception {
    private static final long serialVersionUID = 1;

    StoppedException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
