package io.holdfast.settlement.follow;

/**
 * How long a follower rests when there is nothing more to do: twice as long once nothing has come for a hundred steps, and five
 * times as long, but not for that beyond 100 ms, once nothing has for six hundred. A look costs some 100 µs of processor time,
 * and a server from which nobody buys should take next to none.
 */
final class Rest {
    static final int QUIET_STEPS = 100;
    static final int IDLE_STEPS = 600;

    private static final int QUIET_RESTS = 2;
    private static final int IDLE_RESTS = 5;
    private static final long IDLE_MAX_MS = 100;

    private final long restMs;
    private final long quietMs;
    private final long idleMs;

    private long lastSequence = -1;
    private int quietSteps;

    /** @param restMs in milliseconds, while something comes now and then */
    Rest(final long restMs) {
        this.restMs = restMs;
        this.quietMs = QUIET_RESTS * restMs;
        this.idleMs = Math.max(quietMs, Math.min(IDLE_MAX_MS, IDLE_RESTS * restMs));
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
        if (quietSteps == IDLE_STEPS) {
            return idleMs;
        }
        quietSteps++;
        return quietSteps <= QUIET_STEPS ? restMs : quietMs;
    }
}
