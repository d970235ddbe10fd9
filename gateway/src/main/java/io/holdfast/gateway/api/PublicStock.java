package io.holdfast.gateway.api;

/**
 * Drops as strangers may see them: a durable image, at most 10 ms old, so that a crowd that looks costs the sequencer
 * nothing. Implemented by the pipeline; thread-safe, never blocks.
 */
@FunctionalInterface
public interface PublicStock {
    /** The drop's latest image, or null when there is no such drop. */
    DropSnapshot find(CharSequence drop);
}
