package io.holdfast.gateway.management;

import java.util.List;
import java.util.Map;

/**
 * What the process says of itself. Implemented by the composition root; called on the management listener's
 * thread.
 */
public interface ManagementView {
    /** Whether the process can still do its work; when it cannot, it should be started anew. */
    boolean isLive();

    Readiness readiness();

    Status status();

    /**
     * Whether requests should be sent here.
     *
     * @param state one word, such as {@code ready}, {@code recovering}, {@code draining} or {@code halted}
     * @param degraded what works worse while requests are still welcome: a store that is away, a disk that is
     *     short
     */
    record Readiness(boolean ready, String state, List<String> degraded) {
        public Readiness {
            degraded = List.copyOf(degraded);
        }
    }

    /**
     * Numbers of the moment.
     *
     * @param sequence of the last command decided
     * @param position end of the journal in bytes, {@code durablePosition} of what is synced of it
     * @param ringDepth commands waiting in the ring, of {@code ringSize}
     * @param followerLagRecords how far each follower is behind the durable journal
     */
    record Status(
            long sequence,
            long position,
            long durablePosition,
            long ringDepth,
            long ringSize,
            Map<String, Long> followerLagRecords) {
        public Status {
            followerLagRecords = Map.copyOf(followerLagRecords);
        }
    }
}
