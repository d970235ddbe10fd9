package io.holdfast.perf.compare;

import java.util.List;

/**
 * How the peers run.
 *
 * @param javaFlags of their JVMs
 * @param bareEventLoops threads of bare Netty; 0 is one for two processors, as with the product
 * @param redisEventLoops threads of the Redis peer; 0 as before
 * @param redisFsync {@code always}, {@code everysec} or {@code none}
 */
public record PeerOptions(List<String> javaFlags, int bareEventLoops, int redisEventLoops, String redisFsync) {
    public PeerOptions {
        javaFlags = List.copyOf(javaFlags);
    }
}
