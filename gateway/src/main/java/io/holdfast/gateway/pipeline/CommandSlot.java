package io.holdfast.gateway.pipeline;

import io.holdfast.gateway.sequencer.Exchange;

/** A preallocated place in the ring. */
final class CommandSlot {
    private Exchange exchange;
    private RingLane lane;

    void set(final RingLane newLane, final Exchange newExchange) {
        lane = newLane;
        exchange = newExchange;
    }

    Exchange exchange() {
        return exchange;
    }

    RingLane lane() {
        return lane;
    }

    void clear() {
        lane = null;
        exchange = null;
    }
}
