package io.holdfast.perf.jmh;

import java.util.ArrayList;
import java.util.List;

/** The flags of a forked JVM: what the launcher starts a server with. */
public final class ForkFlags {
    private static final int STRICT_SINCE = 24;

    private ForkFlags() {}

    /**
     * All but the heap's size.
     *
     * @param javaOptions as the launcher takes them from {@code HOLDFAST_JAVA_OPTS}: words, which win over the
     *     server's
     * @param more win over those
     */
    public static List<String> of(final String javaOptions, final List<String> more) {
        final List<String> flags = new ArrayList<>(List.of(
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-XX:-UsePerfData",
                "-XX:-OmitStackTraceInFastThrow",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.awt.headless=true",
                "-Dfile.encoding=UTF-8"));
        final List<String> chosen = new ArrayList<>();
        if (!javaOptions.isBlank()) {
            chosen.addAll(List.of(javaOptions.strip().split("\\s+")));
        }
        chosen.addAll(more);
        if (chosen.stream().noneMatch(flag -> flag.matches("-XX:\\+Use\\w+GC"))) {
            flags.add("-XX:+UseG1GC");
            flags.add("-XX:MaxGCPauseMillis=20");
        }
        if (Runtime.version().feature() >= STRICT_SINCE) {
            flags.add("--enable-native-access=ALL-UNNAMED");
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        flags.addAll(chosen);
        return flags;
    }
}
