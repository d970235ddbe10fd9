package io.holdfast.perf.load;

/** A place for one request in flight, with the connection that it keeps, or makes for each request. One thread. */
final class Slot implements LinkListener {
    private static final long NOTHING = -1;

    private final Wire wire;
    private final Owner owner;
    private final boolean isNewEachRequest;

    private Link link;
    private long index = NOTHING;
    private long dueNs;
    private long sentNs;
    private boolean isMeasured;

    Slot(final Wire wire, final Owner owner, final boolean isNewEachRequest) {
        this.wire = wire;
        this.owner = owner;
        this.isNewEachRequest = isNewEachRequest;
    }

    /** Whose slots they are. */
    interface Owner {
        /** The request of the slot has its answer; the slot is free when this returns. */
        void onAnswered(Slot slot, Answer answer, long receivedNs);

        /** The request of the slot has none; the slot is free when this returns. */
        void onFailed(Slot slot, Failure failure, String detail);

        /** A connection was made for it. */
        void onConnection();

        /** A connection without a request was lost; the slot makes a new one when it needs it. */
        void onIdleLoss(Failure failure, String detail);
    }

    /** Makes the connection ahead of the first request. */
    void warm() {
        link = wire.newLink(this);
        owner.onConnection();
        link.open();
    }

    boolean isConnected() {
        return link != null && link.isConnected();
    }

    /** Whether it is of no use for now, since a connection cannot be opened. */
    boolean lacksRoom() {
        return link == null && !wire.hasRoom();
    }

    /** Sends the request that is at the beginning of the wire's buffer. */
    void send(final long requestIndex, final int length, final long requestDueNs, final boolean measured) {
        index = requestIndex;
        dueNs = requestDueNs;
        isMeasured = measured;
        sentNs = System.nanoTime();
        if (link != null && link.isUsable()) {
            link.send(length);
        } else {
            link = wire.newLink(this);
            owner.onConnection();
            link.openAndSend(length);
        }
    }

    /** Gives up what was sent before that time, or what is in flight when it is called for {@link Long#MAX_VALUE}. */
    void expire(final long sentBeforeNs) {
        if (index != NOTHING && (sentBeforeNs == Long.MAX_VALUE || sentNs - sentBeforeNs < 0)) {
            link.lose(Failure.TIMEOUT, "no whole answer in time");
        }
    }

    void close() {
        if (link != null) {
            link.close();
            link = null;
        }
    }

    @Override
    public void onAnswer(final Answer answer, final long receivedNs) {
        if (isNewEachRequest || !link.isUsable()) {
            close();
        }
        owner.onAnswered(this, answer, receivedNs);
    }

    @Override
    public void onLost(final Failure failure, final String detail) {
        link = null;
        if (index == NOTHING) {
            owner.onIdleLoss(failure, detail);
        } else {
            owner.onFailed(this, failure, detail);
        }
    }

    /** Frees the slot; called by the owner when it has seen what it wants to see. */
    void release() {
        index = NOTHING;
    }

    long index() {
        return index;
    }

    long dueNs() {
        return dueNs;
    }

    long sentNs() {
        return sentNs;
    }

    boolean isMeasured() {
        return isMeasured;
    }
}
