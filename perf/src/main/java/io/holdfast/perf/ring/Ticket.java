package io.holdfast.perf.ring;

import io.holdfast.gateway.sequencer.Exchange;

/**
 * One exchange and when it was where, by {@link System#nanoTime}. Handed over with its exchange: the producer writes the
 * first two, the writer the others.
 */
final class Ticket {
    private final Exchange exchange = new Exchange();

    /** When it should have been submitted. */
    long dueNs;

    long submittedNs;
    long takenNs;
    long decidedNs;
    long commitNs;
    long durableNs;

    Ticket() {
        exchange.context(this);
    }

    Exchange exchange() {
        return exchange;
    }
}
