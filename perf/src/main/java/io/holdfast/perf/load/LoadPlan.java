package io.holdfast.perf.load;

import java.util.concurrent.TimeUnit;

/**
 * How requests are sent.
 *
 * @param wire of each loop; its connections are each loop's share
 * @param connections in all: kept alive, one request in flight on each, or the most that are open at a time
 * @param isNewEachRequest whether each request comes on a connection of its own
 * @param loops threads
 * @param warmUpNs what is due before is sent and not counted
 * @param timeoutNs after which a request counts as unanswered
 */
public record LoadPlan(
        WirePlan wire, int connections, boolean isNewEachRequest, int loops, long warmUpNs, long timeoutNs) {
    /** Threads at most. */
    public static final int LOOPS_MAX = 64;

    /** Longest wait for an answer. */
    public static final long TIMEOUT_NS_MAX = TimeUnit.MINUTES.toNanos(10);

    public LoadPlan {
        if (loops < 1 || loops > LOOPS_MAX || loops > connections) {
            throw new IllegalArgumentException(
                    loops + " threads for " + connections + " connections: needs 1 to " + LOOPS_MAX + ", one each");
        }
        if (warmUpNs < 0 || timeoutNs < 1 || timeoutNs > TIMEOUT_NS_MAX) {
            throw new IllegalArgumentException("warm-up " + warmUpNs + " ns, time-out " + timeoutNs + " ns");
        }
    }

    /** The part of the connections that a loop has. */
    int connectionsOf(final int loop) {
        return connections / loops + (loop < connections % loops ? 1 : 0);
    }
}
