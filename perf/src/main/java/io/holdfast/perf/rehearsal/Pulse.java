package io.holdfast.perf.rehearsal;

/** How far a rehearsal is: written by its loop's thread, read by whoever shows it. */
public final class Pulse {
    private volatile long arrived;
    private volatile long settled;
    private volatile long held;
    private volatile long requests;
    private volatile long connections;
    private volatile int openLinksPeak;

    void tell(final long arrivedNow, final long settledNow, final long heldNow) {
        arrived = arrivedNow;
        settled = settledNow;
        held = heldNow;
    }

    void effort(final long requestsNow, final long connectionsNow, final int openLinksPeakNow) {
        requests = requestsNow;
        connections = connectionsNow;
        openLinksPeak = openLinksPeakNow;
    }

    /** Buyers who have come. */
    public long arrived() {
        return arrived;
    }

    /** Buyers and bots who have gone home. */
    public long settled() {
        return settled;
    }

    /** Distinct holds that somebody was told of. */
    public long held() {
        return held;
    }

    long requests() {
        return requests;
    }

    long connections() {
        return connections;
    }

    int openLinksPeak() {
        return openLinksPeak;
    }
}
