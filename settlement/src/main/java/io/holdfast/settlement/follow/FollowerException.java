package io.holdfast.settlement.follow;

/** A follower's store is away, or refused what it was given; the follower goes on later from where it was. */
public final class FollowerException extends Exception {
    private static final long serialVersionUID = 1;

    public FollowerException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
