package io.holdfast.settlement.log;

/** The log can be read, and no record begins or ends at the position: a cursor of another history was left there. */
public final class NoSuchPositionException extends UncheckedLogException {
    private static final long serialVersionUID = 1;

    public NoSuchPositionException(final Throwable cause) {
        super(cause);
    }
}
