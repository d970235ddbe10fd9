package io.holdfast.perf.compare;

import java.io.IOException;
import java.util.Map;

/** One row of the comparison: what every side does in its turn. */
interface Row {
    /** As flags and results name it. */
    String name();

    /** Whether that side has a turn. */
    default boolean isFor(final Side side) {
        return true;
    }

    /** Whether each round needs servers that nobody has asked before. */
    default boolean isFreshEachRound() {
        return false;
    }

    /** Before a server's first turn: makes what is asked for, and warms it up. */
    void prepare(Server server) throws IOException, InterruptedException;

    /**
     * One turn of one side.
     *
     * @param round from 1
     */
    Map<Metric, Double> measure(Server server, int round) throws IOException, InterruptedException;
}
