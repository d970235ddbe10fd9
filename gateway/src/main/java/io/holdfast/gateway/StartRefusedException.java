package io.holdfast.gateway;

/** The server does not start: the message names the flag or file, and the next step. Nothing was acknowledged. */
public final class StartRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    public StartRefusedException(final String message) {
        super(message);
    }

    public StartRefusedException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
