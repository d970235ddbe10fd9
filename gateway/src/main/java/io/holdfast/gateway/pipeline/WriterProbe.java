package io.holdfast.gateway.pipeline;

import io.holdfast.gateway.sequencer.Exchange;

/**
 * Hears of the writer's steps, on its thread: what measures them extends this. It must be quick and must not throw.
 *
 * <p>A class and not an interface: where nothing extends it, as in production, the compiler knows that its methods are
 * empty, and nothing is left of the calls.
 */
public class WriterProbe {
    /**
     * The writer turns to an exchange. Called again for one whose batch was full: what it waited for until then was room.
     */
    public void onTaken(final Exchange exchange) {}

    /** Its answer is filled, or it was found that the journal has no room for it. */
    public void onDecided(final Exchange exchange) {}

    /** All that was decided since the last commit is about to be written and synced. */
    public void onCommitBegin() {}

    /** It is durable, and about to be handed back. */
    public void onCommitEnd() {}
}
