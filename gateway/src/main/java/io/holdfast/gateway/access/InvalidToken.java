package io.holdfast.gateway.access;

/** A buyer token that says nothing. Strangers can make many of them, so it carries no stack trace. */
public final class InvalidToken extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidToken(final String reason) {
        super(reason, null, false, false);
    }
}
