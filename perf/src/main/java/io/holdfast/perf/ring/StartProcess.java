package io.holdfast.perf.ring;

import io.holdfast.perf.report.JsonText;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A start in a process of its own, with this one's JVM, flags and class path, but the collector of a server: a server
 * starts with cold code, and a second start in one process would not.
 */
public final class StartProcess {
    /** What the launcher gives a server, and only a server. */
    private static final List<String> SERVER_COLLECTOR = List.of("-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20");

    private static final String STATE_HASH = "stateHash";

    private final String launcher;

    /** How the child is told that it is one: {@code bench recovery --start-only --json --data-dir DIR}. */
    private final List<String> arguments;

    /**
     * @param launcher the word with which the user would start the same by hand
     * @param arguments of the command line that makes a process print one {@link StartResult} as JSON
     */
    public StartProcess(final String launcher, final List<String> arguments) {
        this.launcher = launcher;
        this.arguments = List.copyOf(arguments);
    }

    /**
     * Starts the process, and waits for it to end.
     *
     * @throws IOException if it failed; what it said about that is on standard error
     */
    public StartResult run() throws IOException, InterruptedException {
        try (BenchProcess process = new BenchProcess(launcher, collectorFlags(), arguments)) {
            return read(process.run());
        }
    }

    /** The flag that names the collector of a start; empty when the JVM chooses. */
    public static String collector() {
        return BenchProcess.flags(collectorFlags()).stream()
                .filter(BenchProcess::isCollector)
                .findFirst()
                .orElse("");
    }

    private static List<String> collectorFlags() {
        return collectorFlags(System.getenv().getOrDefault("HOLDFAST_JAVA_OPTS", ""));
    }

    /** None for a user who names a collector in what the launcher takes from {@code HOLDFAST_JAVA_OPTS}. */
    static List<String> collectorFlags(final String javaOptions) {
        return Stream.of(javaOptions.split("\\s+")).anyMatch(BenchProcess::isCollector) ? List.of() : SERVER_COLLECTOR;
    }

    static StartResult read(final String text) throws IOException {
        final Map<String, String> properties = JsonText.properties(text);
        final Map<String, Double> figures = new HashMap<>();
        final String stateHash = properties.getOrDefault(STATE_HASH, "");
        properties.remove(STATE_HASH);
        properties.forEach((name, value) -> figures.put(name, Double.parseDouble(value)));
        return new StartResult(figures, stateHash);
    }
}
