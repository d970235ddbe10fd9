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
     * @param followers how each follower of the journal fares, by name
     */
    record Status(
            long sequence,
            long position,
            long durablePosition,
            long ringDepth,
            long ringSize,
            Map<String, FollowerView> followers) {
        public Status {
            followers = Map.copyOf(followers);
        }
    }

    /**
     * How far a follower is behind the durable journal.
     *
     * @param state one word, such as {@code following}, {@code resyncing}, {@code away} or {@code stopped}
     * @param sequence of the last record that it has dealt with
     * @param lagSeconds for how long it has not dealt with the oldest of what it is behind, about
     * @param detail a sentence for people; empty when there is nothing to say
     */
    record FollowerView(String state, long sequence, long lagRecords, double lagSeconds, String detail) {}
}
