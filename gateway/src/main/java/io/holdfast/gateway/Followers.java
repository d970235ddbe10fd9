package io.holdfast.gateway;

import io.holdfast.settlement.follow.FollowerStatus;
import io.holdfast.settlement.follow.FollowerStatus.Condition;
import io.holdfast.settlement.follow.FollowerThread;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * All that follows the committed log, directly or by way of a store: started and stopped together, and asked how it fares.
 * None is ever waited for, but at the end, and then not for long.
 */
final class Followers {
    private final List<Member> members;

    Followers(final List<Member> members) {
        this.members = List.copyOf(members);
    }

    /**
     * One of them.
     *
     * @param store what it writes to, as people are told when it is away
     */
    record Member(FollowerThread thread, String store, Backlog backlog) {
        String name() {
            return thread.follower().name();
        }

        FollowerStatus status() {
            return thread.follower().status();
        }
    }

    /** What one has still to do. Any thread. */
    interface Backlog {
        long records();

        /** For how long the oldest of it has been waiting, about. */
        double seconds();

        /** What else works worse, in a word; empty for nothing. */
        default String complaint() {
            return "";
        }
    }

    /** In the order in which they were made. */
    List<Member> members() {
        return members;
    }

    void start() {
        members.forEach(member -> member.thread().start());
    }

    /**
     * Lets them follow what is committed by now, all at once, and ends them.
     *
     * @param timeoutMs after which what is not followed is left for the next start
     * @return whether all threads have ended
     */
    boolean stop(final long timeoutMs) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        members.forEach(member -> member.thread().stop(timeoutMs));
        boolean haveEnded = true;
        for (final Member member : members) {
            final long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
            haveEnded &= member.thread().awaitEnd(Math.max(1, leftMs));
        }
        return haveEnded;
    }

    /** Stores that are away, followers that must not go on by themselves, and whatever else people should know. */
    Collection<String> degraded() {
        final Collection<String> words = new TreeSet<>();
        for (final Member member : members) {
            final Condition condition = member.status().condition();
            if (condition == Condition.AWAY) {
                words.add(member.store());
            } else if (condition == Condition.STOPPED) {
                words.add(member.name());
            }
            if (!member.backlog().complaint().isEmpty()) {
                words.add(member.backlog().complaint());
            }
        }
        return words;
    }
}
