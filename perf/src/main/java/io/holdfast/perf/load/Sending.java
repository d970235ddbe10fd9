package io.holdfast.perf.load;

import java.util.concurrent.TimeUnit;

/** What open and closed loop have in common: slots, their warming, time-outs, and the counting of outcomes. */
abstract class Sending implements Work, Slot.Owner {
    /** How often it looks for requests that are too old. */
    private static final long EXPIRY_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(50);

    /** How long connections may take to be made before the run begins without some. */
    private static final long WARMING_NS_MAX = TimeUnit.SECONDS.toNanos(5);

    private final Wire wire;
    private final LoadPlan plan;
    private final Tally tally;
    private final StartLine startLine;
    private final Exchange exchange;
    private final Slot[] slots;

    private long warmingSinceNs;
    private long nextExpiryNs;
    private boolean isWarming;
    private boolean hasArrived;
    private int inFlight;

    /** Where requests come from, and answers go to. */
    record Exchange(RequestSource source, AnswerHandler handler) {}

    Sending(final Wire wire, final LoadPlan plan, final int loop, final Exchange exchange, final Books books) {
        this.wire = wire;
        this.plan = plan;
        this.tally = books.tally();
        this.startLine = books.startLine();
        this.exchange = exchange;
        this.slots = new Slot[plan.connectionsOf(loop)];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new Slot(wire, this, plan.isNewEachRequest());
        }
    }

    /** What a loop writes into, and where it waits for the others. */
    record Books(Tally tally, StartLine startLine) {}

    @Override
    public final long step(final long nowNs) {
        if (!hasArrived) {
            return warm(nowNs);
        }
        final long startNs = startLine.startNs();
        if (startNs == StartLine.NOT_YET) {
            return nowNs + TimeUnit.MILLISECONDS.toNanos(1);
        }
        if (nowNs - nextExpiryNs >= 0) {
            nextExpiryNs = nowNs + EXPIRY_INTERVAL_NS;
            for (final Slot slot : slots) {
                slot.expire(nowNs - plan.timeoutNs());
            }
        }
        final long dueNs = send(startNs, nowNs);
        return dueNs == DONE || dueNs - nextExpiryNs < 0 ? dueNs : nextExpiryNs;
    }

    /** Connections that are kept are made ahead, so that the first requests do not pay for them. */
    private long warm(final long nowNs) {
        if (!isWarming) {
            isWarming = true;
            warmingSinceNs = nowNs;
            nextExpiryNs = nowNs + EXPIRY_INTERVAL_NS;
            for (int i = 0; i < slots.length && !plan.isNewEachRequest() && wire.hasRoom(); i++) {
                slots[i].warm();
            }
        }
        final boolean isWarm = plan.isNewEachRequest() || areConnected();
        if (isWarm || nowNs - warmingSinceNs > WARMING_NS_MAX) {
            hasArrived = true;
            startLine.arrive();
        }
        return nowNs + TimeUnit.MILLISECONDS.toNanos(1);
    }

    private boolean areConnected() {
        for (final Slot slot : slots) {
            if (!slot.isConnected()) {
                return false;
            }
        }
        return true;
    }

    final void transmit(final Slot slot, final long index, final long dueNs, final boolean isMeasured) {
        final int length = exchange.source().write(index, wire.request());
        inFlight++;
        tally.onRequest();
        if (isMeasured) {
            tally.onDue(dueNs);
        }
        slot.send(index, length, dueNs, isMeasured);
    }

    /** Sends what is due; returns as {@link Work#step} does. */
    abstract long send(long startNs, long nowNs);

    /** A slot is free. */
    abstract void onFree(Slot slot, boolean isFailed);

    @Override
    public final void onAnswered(final Slot slot, final Answer answer, final long receivedNs) {
        if (slot.isMeasured()) {
            tally.onAnswer(answer, receivedNs - slot.dueNs(), receivedNs - slot.sentNs(), receivedNs);
            exchange.handler().onAnswer(slot.index(), answer);
        }
        inFlight--;
        slot.release();
        onFree(slot, false);
    }

    @Override
    public final void onFailed(final Slot slot, final Failure failure, final String detail) {
        if (slot.isMeasured()) {
            tally.onFailure(failure, detail, System.nanoTime() - slot.dueNs());
        }
        inFlight--;
        slot.release();
        onFree(slot, true);
    }

    @Override
    public final void onConnection() {
        tally.onConnection(wire.openLinks());
    }

    @Override
    public final void onIdleLoss(final Failure failure, final String detail) {
        tally.onLoss(failure, detail);
    }

    final int inFlight() {
        return inFlight;
    }

    final Slot[] slots() {
        return slots;
    }

    final Tally tally() {
        return tally;
    }

    final LoadPlan plan() {
        return plan;
    }
}
