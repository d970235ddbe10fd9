package io.holdfast.perf.compare;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What is measured, and how.
 *
 * @param rows names of them, see {@link Rows}
 * @param sides in the order of their turns
 * @param directory where data is kept while it is measured: on a real disk
 */
public record ComparePlan(
        List<String> rows, List<Side> sides, Pace pace, Crowd crowd, Path directory, PeerOptions peers) {
    public ComparePlan {
        rows = List.copyOf(rows);
        sides = List.copyOf(sides);
    }

    /**
     * How long it takes.
     *
     * @param rounds in which each side has its turn
     * @param duration of one turn under load
     * @param warmUp before it, not counted
     * @param idle for how long an idle server is watched
     */
    public record Pace(int rounds, Duration duration, Duration warmUp, Duration idle) {}

    /**
     * How many come.
     *
     * @param connections kept alive under load
     * @param users in the storm and in the drop, each with a connection of its own; a tenth of them gets a hold
     * @param stormOpen most of them that are connected at a time
     * @param idleConnections whose memory is measured
     */
    public record Crowd(int connections, int users, int stormOpen, int idleConnections) {
        private static final int USERS_PER_UNIT = 10;

        /** Units that the users compete for. */
        int stock() {
            return Math.max(1, users / USERS_PER_UNIT);
        }
    }
}
