package io.holdfast.settlement.follow;

import java.util.Objects;

/**
 * How far a follower is, and how it fares.
 *
 * @param sequence of the last record that it has dealt with for good; 0 before the first
 * @param timeMs logical time of that record, in epoch milliseconds; 0 before the first
 * @param condition how it fares
 * @param detail a sentence for people, where there is something to say; empty otherwise
 */
public record FollowerStatus(long sequence, long timeMs, Condition condition, String detail) {
    /** How a follower fares. */
    public enum Condition {
        /** Not yet at its first step. */
        STARTING,
        /** Reads what is new. */
        FOLLOWING,
        /** Begins again from a snapshot. */
        RESYNCING,
        /** Its store does not answer: it tries again and again. */
        AWAY,
        /** It must not go on by itself: somebody has to look at it. */
        STOPPED
    }

    public FollowerStatus {
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(detail, "detail");
    }

    /** Whether people should know. */
    public boolean isDegraded() {
        return condition == Condition.AWAY || condition == Condition.STOPPED;
    }
}
