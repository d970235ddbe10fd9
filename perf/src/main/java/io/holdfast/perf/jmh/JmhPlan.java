package io.holdfast.perf.jmh;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is measured and how.
 *
 * @param patterns regular expressions of which one must be found in a benchmark's name; none stands for all
 * @param liveHolds how many holds are live in the benchmarks of the core
 * @param parameters values of other parameters, by name, that take the place of the benchmarks' own
 * @param forkFlags flags of the forked JVMs, but for the size of their heap
 * @param directory where journals are written
 */
public record JmhPlan(
        List<String> patterns,
        Effort effort,
        List<Integer> liveHolds,
        Map<String, List<String>> parameters,
        List<String> forkFlags,
        Path directory) {
    /** Live holds from which on the JVM gets a large heap, in a run of its own. */
    static final int LARGE_LIVE_HOLDS = 2_000_000;

    public static final List<Integer> LIVE_HOLDS = List.of(5_000, 100_000, 1_000_000, 10_000_000);
    public static final List<Integer> LIVE_HOLDS_QUICK = List.of(5_000, 100_000, 1_000_000);

    public JmhPlan {
        patterns = List.copyOf(patterns);
        liveHolds = List.copyOf(liveHolds);
        parameters = Map.copyOf(parameters);
        forkFlags = List.copyOf(forkFlags);
    }

    /** What must be the same for two runs to be compared; which benchmarks were in them need not be. */
    SortedMap<String, String> settings() {
        final SortedMap<String, String> settings = new TreeMap<>();
        settings.put("forks", Integer.toString(effort.forks()));
        settings.put("warmupIterations", Integer.toString(effort.warmupIterations()));
        settings.put("iterations", Integer.toString(effort.iterations()));
        settings.put("iterationMs", Integer.toString(effort.iterationMs()));
        settings.put("parameters", new TreeMap<>(parameters).toString());
        settings.put("forkFlags", String.join(" ", forkFlags));
        return settings;
    }
}
