package io.holdfast.settlement.log;

/** The log, or a snapshot of it, cannot be read; the message says where and why. */
public class UncheckedLogException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UncheckedLogException(final String message, final Throwable cause) {
        super(message, cause);
    }

    public UncheckedLogException(final Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
