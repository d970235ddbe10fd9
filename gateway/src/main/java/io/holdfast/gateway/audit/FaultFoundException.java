package io.holdfast.gateway.audit;

/** The journal does not say what it should: the message names the sequence, or file and offset. */
public final class FaultFoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FaultFoundException(final String message) {
        super(message);
    }
}
