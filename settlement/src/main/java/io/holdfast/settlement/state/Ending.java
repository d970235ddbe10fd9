package io.holdfast.settlement.state;

/** Whether the follower is to end, and by when. Asked for by any thread, minded by the one that works. */
final class Ending {
    private volatile boolean isAsked;
    private volatile long deadlineNs;

    void endBy(final long byNs) {
        deadlineNs = byNs;
        isAsked = true;
    }

    boolean isAsked() {
        return isAsked;
    }

    /**
     * Called every few microseconds in the midst of long work.
     *
     * @throws AbandonedException when the deadline has passed, or the thread was interrupted
     */
    void check() {
        if (isAsked && System.nanoTime() - deadlineNs >= 0
                || Thread.currentThread().isInterrupted()) {
            throw new AbandonedException();
        }
    }
}
