package io.holdfast.settlement.postgres;

/** The cursor is not where this process left it, and nobody else's: the database was put back to an earlier state. */
final class PlaceLostException extends Exception {
    private static final long serialVersionUID = 1;

    PlaceLostException(final String message) {
        super(message);
    }
}
