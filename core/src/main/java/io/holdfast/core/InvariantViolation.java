package io.holdfast.core;

/** The state contradicts itself. The process must halt before anything more is acknowledged. */
public final class InvariantViolation extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    InvariantViolation(final String message) {
        super(message);
    }
}
