package io.holdfast.settlement.follow;

/**
 * How long a follower rests when there is nothing more to do: twice as long once nothing has come for a hundred steps. A look
 * costs some 100 µs of processor time, and a server from which nobody buys should take next to none.
 */
final class Rest {
    static final int QUIET_STEPS = 100;

    private final long restMs;

    private long lastSequence = -1;
    private int quietSteps;

    /** @param restMs in milliseconds, while something comes now and then */
    Rest(final long restMs) {
        this.restMs = restMs;
    }

    /**
     * The rest after a step, in milliseconds.
     *
     * @param isMore whether there is more to do at once
     * @param sequence how far the follower is now
     */
    long afterStepMs(final boolean isMore, final long sequence) {
        if (isMore || sequence != lastSequence) {
            lastSequence = sequence;
            quietSteps = 0;
            return isMore ? 0 : restMs;
        }
        if (quietSteps < QUIET_STEPS) {
            quietSteps++;
            return restMs;
        }
        return 2 * restMs;
    }
}
