package io.holdfast.perf.ring;

import io.holdfast.perf.report.JsonText;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A start in a process of its own, with this one's JVM, flags and class path, but the collector of a server: a server
 * starts with cold code, and a second start in one process would not.
 */
public final class StartProcess {
    /** What the launcher gives a server, and only a server. */
    private static final List<String> SERVER_COLLECTOR = List.of("-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20");

    private static final String COLLECTOR = "-XX:\\+Use\\w+GC";

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
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags());
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.holdfast.gateway.cli.Main"));
        command.addAll(arguments);
        final Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        final String said;
        try {
            said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(
                        "a start ended with status " + process.exitValue() + "; next step: see above, or run "
                                + "it by hand: " + launcher + " " + String.join(" ", arguments));
            }
        } finally {
            process.destroy();
        }
        return read(said);
    }

    /** The flag that names the collector of a start; empty when the JVM chooses. */
    public static String collector() {
        return flags().stream()
                .filter(flag -> flag.matches(COLLECTOR))
                .findFirst()
                .orElse("");
    }

    private static List<String> flags() {
        return flags(
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                System.getenv().getOrDefault("HOLDFAST_JAVA_OPTS", ""));
    }

    /**
     * The flags of a process that starts as a server does.
     *
     * @param own of this process
     * @param javaOptions as the launcher takes them from {@code HOLDFAST_JAVA_OPTS}: a collector named there stays
     */
    static List<String> flags(final List<String> own, final String javaOptions) {
        final List<String> flags =
                new ArrayList<>(own.stream().filter(StartProcess::isForChildren).toList());
        if (Stream.of(javaOptions.split("\\s+")).noneMatch(option -> option.matches(COLLECTOR))) {
            flags.removeIf(flag -> flag.matches(COLLECTOR));
            flags.addAll(SERVER_COLLECTOR);
        }
        return flags;
    }

    /** The launcher's pipe for the alarm that memory ran out is not handed on. */
    private static boolean isForChildren(final String flag) {
        return !flag.startsWith("-XX:OnOutOfMemoryError") && !flag.startsWith("-Dholdfast.outOfMemoryAlarm");
    }

    static StartResult read(final String text) throws IOException {
        final Map<String, Double> figures = new HashMap<>();
        String stateHash = "";
        try (JsonParser json = JsonText.parser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("a start printed no JSON object: " + text);
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                final String name = json.currentName();
                if (json.nextToken() == JsonToken.VALUE_STRING) {
                    stateHash = json.getString();
                } else {
                    figures.put(name, json.getDoubleValue());
                }
            }
        } catch (final JacksonException e) {
            throw new IOException("a start printed no JSON object: " + text, e);
        }
        return new StartResult(figures, stateHash);
    }
}
