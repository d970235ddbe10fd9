package io.holdfast.gateway;

import io.holdfast.settlement.follow.Follower;
import io.holdfast.settlement.follow.FollowerStatus;
import io.holdfast.settlement.follow.FollowerThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The followers of the committed log: started and stopped together, and asked how they fare. None of them is ever waited
 * for, but at the end, and then not for long.
 */
final class Followers {
    private final LongSupplier endSequence;
    private final List<Member> members;

    /**
     * Followers that do not run yet.
     *
     * @param endSequence of the last record that is committed
     * @param nowNs a monotonic clock
     */
    Followers(final LongSupplier endSequence, final LongSupplier nowNs, final List<FollowerThread> threads) {
        this.endSequence = endSequence;
        this.members = threads.stream()
                .map(thread -> new Member(thread, new LagClock(nowNs)))
                .toList();
    }

    private record Member(FollowerThread thread, LagClock lag) {
        Follower follower() {
            return thread.follower();
        }
    }

    /**
     * How far behind one is.
     *
     * @param lagRecords committed records that it has not dealt with
     * @param lagSeconds for how long it has not dealt with the oldest of them, about
     */
    record Lag(String follower, FollowerStatus status, long lagRecords, double lagSeconds) {}

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

    /** In the order of their names. Any thread. */
    Map<String, Lag> lags() {
        final Map<String, Lag> lags = new TreeMap<>();
        for (final Member member : members) {
            final String name = member.follower().name();
            lags.put(name, lag(member));
        }
        return lags;
    }

    private Lag lag(final Member member) {
        final FollowerStatus status = member.follower().status();
        final long end = endSequence.getAsLong();
        final long records = Math.max(0, end - status.sequence());
        return new Lag(member.follower().name(), status, records, member.lag().seconds(status.sequence(), end));
    }

    /** Names of those that people should know of. Any thread. */
    List<String> degraded() {
        final List<String> names = new ArrayList<>();
        for (final Member member : members) {
            if (member.follower().status().isDegraded()) {
                names.add(member.follower().name());
            }
        }
        return names;
    }
}
