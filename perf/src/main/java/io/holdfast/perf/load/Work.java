package io.holdfast.perf.load;

/** What a loop does besides moving bytes. */
public interface Work {
    /** Said instead of a time: it is done. */
    long DONE = Long.MIN_VALUE;

    /** Said instead of a time: nothing is due before something is read. */
    long IDLE = Long.MAX_VALUE;

    /**
     * Does what is due.
     *
     * @param nowNs {@link System#nanoTime()}
     * @return when something is due next, {@link #IDLE} or {@link #DONE}
     */
    long step(long nowNs);
}
