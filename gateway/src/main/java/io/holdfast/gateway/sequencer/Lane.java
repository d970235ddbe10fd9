package io.holdfast.gateway.sequencer;

/** One event loop's way into the sequencer. Used by that event loop's thread only. */
public interface Lane {
    /**
     * Orders an exchange. Never blocks. The exchange becomes visible to the sequencer at once, but a sleeping one is
     * woken only by {@link #flush()}: call it once at the end of each event-loop pass.
     */
    Submission submit(Exchange exchange);

    /** Wakes the sequencer if anything was submitted since the last call. */
    void flush();
}
