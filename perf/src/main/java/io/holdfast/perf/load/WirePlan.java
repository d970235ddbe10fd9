package io.holdfast.perf.load;

/**
 * How a loop reaches its target.
 *
 * @param target of all its connections
 * @param sourceCount of addresses 127.0.0.1, 127.0.0.2 and so on to come from, in turn; 0 leaves it to the system. One
 *     address has some 28,000 ports, and a port that was used rests for a minute
 * @param linksMax most connections open at a time
 * @param spinNs how long before something is due the loop stops sleeping and looks again and again; -1 for never to
 *     sleep. Waking a thread takes 50 microseconds and more, and looking takes a core
 */
public record WirePlan(HttpTarget target, int sourceCount, int linksMax, long spinNs) {
    /** Addresses of the loopback network that are used at most. */
    public static final int SOURCES_MAX = 250;

    /** Never to sleep. */
    public static final long ALWAYS_SPIN = -1;

    public WirePlan {
        if (sourceCount < 0 || sourceCount > SOURCES_MAX) {
            throw new IllegalArgumentException("source addresses: " + sourceCount + ", at most " + SOURCES_MAX);
        }
        if (linksMax < 1) {
            throw new IllegalArgumentException("connections: " + linksMax + ", needs 1 at least");
        }
    }
}
