package io.holdfast.perf.ring;

import io.holdfast.perf.report.JsonText;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A start in a process of its own, with this one's JVM, flags and class path: a server starts with cold code, and a second
 * start in one process would not.
 */
public final class StartProcess {
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
        try (BenchProcess process = new BenchProcess(launcher, List.of(), arguments)) {
            return read(process.run());
        }
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
