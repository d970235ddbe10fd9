package io.holdfast.perf.load;

/** Hears of one connection; called by its loop's thread, possibly from within a call that it made itself. */
public interface LinkListener {
    /**
     * The answer to the request in flight. The next may be sent from here, if {@link Link#isUsable()}.
     *
     * @param answer valid during the call
     * @param receivedNs when its last byte was read, {@link System#nanoTime()}
     */
    void onAnswer(Answer answer, long receivedNs);

    /**
     * The connection is gone, and the request in flight with it, if there was one.
     *
     * @param detail what the system said, for people
     */
    void onLost(Failure failure, String detail);
}
