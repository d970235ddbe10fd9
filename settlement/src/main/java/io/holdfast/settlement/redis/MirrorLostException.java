package io.holdfast.settlement.redis;

/** What Redis holds is not what the mirror left there: it was flushed, restored, or written by another. */
final class MirrorLostException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean isTakenByAnother;

    MirrorLostException(final String message, final boolean isTakenByAnother) {
        super(message);
        this.isTakenByAnother = isTakenByAnother;
    }

    /** Whether another server bears the token now. */
    boolean isTakenByAnother() {
        return isTakenByAnother;
    }
}
