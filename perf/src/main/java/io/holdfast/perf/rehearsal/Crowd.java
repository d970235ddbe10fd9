package io.holdfast.perf.rehearsal;

import io.holdfast.perf.load.ArrivalTimes;

/**
 * Who comes.
 *
 * @param arrivals one for each buyer
 * @param shape of them, in words
 * @param windowNs in which they come
 * @param bots each with many connections at once; every other presses with one key, the rest with a key each
 * @param botConnections of each bot
 * @param seed of every choice
 */
public record Crowd(ArrivalTimes arrivals, String shape, long windowNs, int bots, int botConnections, long seed) {
    /** Buyers at most: each is an object. */
    public static final int BUYERS_MAX = 2_000_000;

    /** Requests of all bots at most. */
    public static final int BOT_REQUESTS_MAX = 10_000;

    public Crowd {
        if (arrivals.count() > BUYERS_MAX) {
            throw new IllegalArgumentException(arrivals.count() + " buyers, at most " + BUYERS_MAX);
        }
        if (bots < 0 || botConnections < 1 || (long) bots * botConnections > BOT_REQUESTS_MAX) {
            throw new IllegalArgumentException(
                    bots + " bots with " + botConnections + " connections, at most " + BOT_REQUESTS_MAX + " in all");
        }
    }

    int buyers() {
        return arrivals.count();
    }
}
