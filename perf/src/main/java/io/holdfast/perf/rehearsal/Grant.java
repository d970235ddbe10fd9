package io.holdfast.perf.rehearsal;

/** A hold that somebody was told of, and what was done with it. Written by the loop's thread, read after it. */
final class Grant {
    /** Not ended by us. */
    static final long NEVER = Long.MAX_VALUE;

    private final String buyer;
    private final long units;
    private final long knownSinceNs;

    /** Until then the hold certainly lives: the server said so, and nobody asked for its end. */
    private long certainUntilNs;

    private boolean isPaid;
    private boolean isPaymentOpen;
    private boolean isReleaseAsked;
    private boolean isReleased;

    Grant(final HoldAnswer hold, final long sentNs, final long receivedNs) {
        this.buyer = hold.buyer();
        this.units = hold.units();
        this.knownSinceNs = receivedNs;
        this.certainUntilNs = receivedNs;
        told(hold, sentNs);
    }

    /** The server told of it once more; what it says held at the latest when it was asked. */
    void told(final HoldAnswer hold, final long sentNs) {
        if ("HELD".equals(hold.status()) && !isReleaseAsked) {
            certainUntilNs = Math.max(certainUntilNs, sentNs + hold.expiresInMs() * 1_000_000);
        }
    }

    void payBegins() {
        isPaymentOpen = true;
    }

    void paid() {
        isPaid = true;
        certainUntilNs = NEVER;
    }

    void releaseBegins(final long nowNs) {
        isReleaseAsked = true;
        certainUntilNs = Math.min(certainUntilNs, nowNs);
    }

    void released() {
        isReleased = true;
    }

    String buyer() {
        return buyer;
    }

    long units() {
        return units;
    }

    long knownSinceNs() {
        return knownSinceNs;
    }

    long certainUntilNs() {
        return certainUntilNs;
    }

    boolean isPaid() {
        return isPaid;
    }

    /** Whether somebody began to pay for it, answered or not. */
    boolean isPaymentOpen() {
        return isPaymentOpen;
    }

    boolean isReleaseAsked() {
        return isReleaseAsked;
    }

    boolean isReleased() {
        return isReleased;
    }
}
