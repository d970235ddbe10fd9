package io.holdfast.gateway.api;

import io.holdfast.gateway.sequencer.Exchange;

/**
 * Exchanges of one event loop that are not on their way. One comes back only when the sequencer has completed
 * it, never because a client has gone.
 */
final class ExchangePool {
    /** One that has grown for a page of holds is not kept at that size. */
    private static final int RETAINED_BYTES_MAX = 16 * 1024;

    private final Exchange[] free;
    private int freeCount;
    private int madeCount;

    ExchangePool(final int exchangesMax) {
        this.free = new Exchange[exchangesMax];
    }

    /** A free exchange, or null when all are on their way. */
    Exchange take() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        if (madeCount == free.length) {
            return null;
        }
        madeCount++;
        return new Exchange();
    }

    void give(final Exchange exchange) {
        exchange.context(null);
        if (exchange.answer().buffer().capacity() > RETAINED_BYTES_MAX
                || exchange.message().capacity() > RETAINED_BYTES_MAX) {
            madeCount--;
        } else {
            free[freeCount++] = exchange;
        }
    }
}
