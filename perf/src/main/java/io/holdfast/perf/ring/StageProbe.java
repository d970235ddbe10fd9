package io.holdfast.perf.ring;

import io.holdfast.gateway.pipeline.WriterProbe;
import io.holdfast.gateway.sequencer.Exchange;

/**
 * Stamps tickets on the writer's thread. One reading of the clock a command: when one is decided the writer turns to the
 * next, so the same reading ends the one and begins the other.
 */
final class StageProbe extends WriterProbe {
    /** Decided since the last commit, below {@code count}: all that may be in flight. */
    private final Ticket[] decided;

    private int count;

    /** The reading that ended the command before, or 0 when the writer did something else since. */
    private long lastNs;

    StageProbe(final int inFlightMax) {
        decided = new Ticket[inFlightMax];
    }

    @Override
    public void onTaken(final Exchange exchange) {
        if (exchange.context() instanceof Ticket ticket) {
            ticket.takenNs = lastNs == 0 ? System.nanoTime() : lastNs;
        }
    }

    @Override
    public void onDecided(final Exchange exchange) {
        if (exchange.context() instanceof Ticket ticket) {
            lastNs = System.nanoTime();
            ticket.decidedNs = lastNs;
            decided[count++] = ticket;
        }
    }

    @Override
    public void onCommitBegin() {
        final long nowNs = System.nanoTime();
        for (int i = 0; i < count; i++) {
            decided[i].commitNs = nowNs;
        }
    }

    @Override
    public void onCommitEnd() {
        final long nowNs = System.nanoTime();
        for (int i = 0; i < count; i++) {
            decided[i].durableNs = nowNs;
            decided[i] = null;
        }
        count = 0;
        lastNs = 0;
    }
}
