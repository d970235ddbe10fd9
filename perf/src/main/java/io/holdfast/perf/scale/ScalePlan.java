package io.holdfast.perf.scale;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What is measured, and for which machines it is said what they would give.
 *
 * @param connections counts of them, each of which has its stretch in every round; two at least
 * @param rounds of which the last checks the model that the others made; with one, it checks itself
 * @param pace of each stretch
 * @param cores of the machines
 * @param directory where data is kept while it is measured: on a real disk
 */
public record ScalePlan(List<Integer> connections, int rounds, Pace pace, List<Integer> cores, Path directory) {
    public ScalePlan {
        connections = List.copyOf(connections);
        cores = List.copyOf(cores);
    }

    /**
     * How long it takes.
     *
     * @param duration of a stretch, whole seconds
     * @param warmUp before the first, not counted
     */
    public record Pace(Duration duration, Duration warmUp) {}
}
