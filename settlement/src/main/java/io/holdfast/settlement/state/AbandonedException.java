package io.holdfast.settlement.state;

/** Long work was given up, because the follower is to end, or the start failed. */
final class AbandonedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    AbandonedException() {
        super("given up: nobody waits for it any more");
    }
}
