package io.holdfast.perf.rehearsal;

/** The server cannot be asked: it is away, or knows none of the keys. The message names the next step. */
public final class RehearsalRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RehearsalRefusedException(final String message) {
        super(message);
    }

    RehearsalRefusedException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
