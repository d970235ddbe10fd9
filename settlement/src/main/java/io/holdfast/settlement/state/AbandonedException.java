package io.holdfast.settlement.state;

/** Long work was given up, because the follower is to end. */
final class AbandonedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    AbandonedException() {
        super("given up: the follower is to end");
    }
}
