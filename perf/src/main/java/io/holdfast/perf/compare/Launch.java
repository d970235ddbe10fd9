package io.holdfast.perf.compare;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How our own commands are started as processes of their own. */
final class Launch {
    private static final String MAIN = "io.holdfast.gateway.cli.Main";
    private static final List<String> FLAGS = List.of("--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED");
    private static final List<String> SERVE_FLAGS =
            List.of("-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20", "-XX:MaxRAMPercentage=40", "-XX:-UsePerfData");

    private Launch() {}

    /**
     * The product as an operator starts it: by the launcher, or, in a build that has none yet, with the
     * launcher's flags.
     */
    static List<String> product(final List<String> arguments) {
        final List<String> command = new ArrayList<>();
        launcher().ifPresentOrElse(script -> command.add(script.toString()), () -> command.addAll(java(SERVE_FLAGS)));
        command.addAll(arguments);
        return command;
    }

    /** A peer, on our own class path. */
    static List<String> peer(final List<String> javaFlags, final List<String> arguments) {
        final List<String> command = java(javaFlags);
        command.addAll(List.of("bench", "peer"));
        command.addAll(arguments);
        return command;
    }

    private static List<String> java(final List<String> flags) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        return command;
    }

    /** Three directories above the jar, which is in {@code perf/target}. */
    private static Optional<Path> launcher() {
        final CodeSource source = Launch.class.getProtectionDomain().getCodeSource();
        try {
            final Path jar = Path.of(source.getLocation().toURI());
            final Path root = jar.resolve("../../..").normalize();
            return Optional.of(root.resolve("holdfast"))
                    .filter(script -> Files.isRegularFile(jar) && Files.isExecutable(script));
        } catch (final URISyntaxException e) {
            throw new IllegalStateException("a class path with " + source, e);
        }
    }
}
