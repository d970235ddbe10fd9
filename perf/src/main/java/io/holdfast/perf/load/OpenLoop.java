package io.holdfast.perf.load;

/**
 * Sends each request when it is due, whatever became of the others. Due requests for which no connection is free wait
 * here, in their order; that wait counts in their latency (coordinated omission is what leaving it out is called).
 */
final class OpenLoop extends Sending {
    /** Then answers are read, however much is due: a generator that lags does not make the server look slow. */
    private static final int SENDS_PER_PASS_MAX = 32;

    private final ArrivalTimes arrivals;
    private final int stride;
    private final SlotRing free;

    private int next;
    private boolean isSending;
    private boolean isHeldBack;
    private long startNs;

    OpenLoop(
            final Wire wire,
            final LoadPlan plan,
            final int loop,
            final ArrivalTimes arrivals,
            final Exchange exchange,
            final Books books) {
        super(wire, plan, loop, exchange, books);
        this.arrivals = arrivals;
        this.stride = plan.loops();
        this.next = loop;
        this.free = new SlotRing(slots().length);
        for (final Slot slot : slots()) {
            free.add(slot);
        }
    }

    @Override
    long send(final long start, final long nowNs) {
        startNs = start;
        sendDue(nowNs);
        if (next >= arrivals.count()) {
            return inFlight() == 0 ? DONE : IDLE;
        }
        final long dueNs = startNs + arrivals.at(next);
        if (isHeldBack && nowNs - dueNs > plan().timeoutNs()) {
            giveUpWaiting(nowNs);
            return nowNs;
        }
        return isHeldBack ? IDLE : dueNs;
    }

    /** Sends until nothing is due, or no connection is free, or it is time to read. A loss meanwhile does not call it again. */
    private void sendDue(final long nowNs) {
        if (isSending) {
            return;
        }
        isSending = true;
        long seenNs = nowNs;
        for (int sends = 0; sends < SENDS_PER_PASS_MAX && next < arrivals.count(); sends++) {
            final long dueNs = startNs + arrivals.at(next);
            if (dueNs - seenNs > 0) {
                isHeldBack = false;
                break;
            }
            if (free.peek() == null || free.peek().lacksRoom()) {
                isHeldBack = true;
                break;
            }
            final boolean isMeasured = arrivals.at(next) >= plan().warmUpNs();
            if (isMeasured) {
                noteDelay(dueNs);
            }
            transmit(free.take(), next, dueNs, isMeasured);
            next += stride;
            seenNs = System.nanoTime();
        }
        isSending = false;
    }

    private void noteDelay(final long dueNs) {
        if (isHeldBack) {
            tally().onHeldBack();
        } else {
            tally().onLag(System.nanoTime() - dueNs);
        }
    }

    /** What has waited here for longer than an answer may take is unanswered. */
    private void giveUpWaiting(final long nowNs) {
        while (next < arrivals.count() && nowNs - (startNs + arrivals.at(next)) > plan().timeoutNs()) {
            final long dueNs = startNs + arrivals.at(next);
            if (arrivals.at(next) >= plan().warmUpNs()) {
                tally().onDue(dueNs);
                tally().onFailure(Failure.UNSENT, "no connection was free in time", nowNs - dueNs);
            }
            next += stride;
        }
    }

    @Override
    void onFree(final Slot slot, final boolean isFailed) {
        free.add(slot);
        sendDue(System.nanoTime());
    }
}
