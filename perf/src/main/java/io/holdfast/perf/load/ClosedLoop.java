package io.holdfast.perf.load;

import java.util.concurrent.TimeUnit;

/** Sends the next request when the last one is answered, on each connection: as much as the server takes, no more. */
final class ClosedLoop extends Sending {
    /** What comes after a failure waits, lest a server that is away be asked for nothing but connections. */
    private static final long REST_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final long durationNs;
    private final int stride;
    private final SlotRing resting;

    private long nextIndex;
    private long startNs;
    private long restsUntilNs;
    private boolean isBegun;

    ClosedLoop(
            final Wire wire,
            final LoadPlan plan,
            final int loop,
            final long durationNs,
            final Exchange exchange,
            final Books books) {
        super(wire, plan, loop, exchange, books);
        this.durationNs = durationNs;
        this.stride = plan.loops();
        this.nextIndex = loop;
        this.resting = new SlotRing(slots().length);
    }

    @Override
    long send(final long start, final long nowNs) {
        if (nowNs - start < 0) {
            return start;
        }
        startNs = start;
        if (!isBegun) {
            isBegun = true;
            for (final Slot slot : slots()) {
                next(slot);
            }
        }
        if (isOver(nowNs)) {
            return inFlight() == 0 ? DONE : IDLE;
        }
        if (nowNs - restsUntilNs >= 0) {
            for (int i = slots().length;
                    i > 0 && resting.peek() != null && !resting.peek().lacksRoom();
                    i--) {
                next(resting.take());
            }
            restsUntilNs = nowNs + REST_NS;
        }
        return startNs + durationNs;
    }

    private boolean isOver(final long nowNs) {
        return nowNs - startNs >= durationNs;
    }

    private void next(final Slot slot) {
        final long nowNs = System.nanoTime();
        if (slot.lacksRoom()) {
            resting.add(slot);
        } else {
            transmit(slot, nextIndex, nowNs, nowNs - startNs >= plan().warmUpNs());
            nextIndex += stride;
        }
    }

    @Override
    void onFree(final Slot slot, final boolean isFailed) {
        if (isFailed) {
            resting.add(slot);
        } else if (!isOver(System.nanoTime())) {
            next(slot);
        }
    }
}
