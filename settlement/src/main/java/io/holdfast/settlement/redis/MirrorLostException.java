package io.holdfast.settlement.redis;

/** What Redis holds is not what the mirror left there: it was flushed, restored, or written by another. */
final class MirrorLostException extends Exception {
    private static final long serialVersionUID = 1;

    MirrorLostException(final String message) {
        super(message);
    }
}
