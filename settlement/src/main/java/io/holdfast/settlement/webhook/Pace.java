package io.holdfast.settlement.webhook;

/**
 * How much at once, and how long.
 *
 * @param inFlightMax requests under way at once
 * @param requestTimeoutMs from the start of an attempt to the end of the answer
 * @param leaseMs how long a claimed message is kept from other senders; more than two request timeouts, so that
 *     a message may wait for its turn and its request still ends within the lease
 * @param probeMinMs the first pause before a probe while the target is away; doubles
 * @param probeMaxMs the longest such pause
 */
record Pace(int inFlightMax, long requestTimeoutMs, long leaseMs, long probeMinMs, long probeMaxMs) {
    static final Pace DEFAULT = new Pace(16, 15_000, 60_000, 1_000, 30_000);

    Pace {
        if (inFlightMax < 1 || leaseMs <= 2 * requestTimeoutMs || probeMinMs < 1 || probeMaxMs < probeMinMs) {
            throw new IllegalArgumentException("a pace that cannot be kept: " + inFlightMax + " in flight, timeout "
                    + requestTimeoutMs + " ms, lease " + leaseMs + " ms, probes every " + probeMinMs + " to "
                    + probeMaxMs + " ms");
        }
    }

    /** How long after its claim a message may still be sent. */
    long startWithinMs() {
        return leaseMs - requestTimeoutMs - requestTimeoutMs / 2;
    }
}
