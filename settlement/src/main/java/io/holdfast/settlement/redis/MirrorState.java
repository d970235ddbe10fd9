package io.holdfast.settlement.redis;

/**
 * What the mirror knows: what should be in Redis, and what of it has yet to be written. One thread's.
 *
 * @param live every live hold, without its words
 * @param stock every drop's stock, and what of it waits to be written
 * @param pending what became of holds, with their words, and waits to be written
 */
record MirrorState(LiveHolds live, StockBook stock, PendingHolds pending) {
    MirrorState() {
        this(new LiveHolds(), new StockBook(), new PendingHolds());
    }

    boolean isAnythingPending() {
        return pending.count() > 0 || stock.hasPending();
    }
}
