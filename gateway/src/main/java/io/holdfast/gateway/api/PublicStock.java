package io.holdfast.gateway.api;

/**
 * Drops as strangers may see them: a durable image, at most 10 ms old, so that a crowd that looks costs the
 * sequencer nothing. Implemented by the pipeline; thread-safe, never blocks.
 */
@FunctionalInterface
public interface PublicStock {
    /**
     * The drop's latest {@code DropImage}, its header first, never changed once given; null for an unknown
     * drop.
     */
    byte[] image(String drop);
}
