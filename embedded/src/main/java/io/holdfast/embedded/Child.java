package io.holdfast.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Programs run as children of this process. */
final class Child {
    private static final Set<String> ENVIRONMENT_KEPT = Set.of("PATH", "HOME", "TMPDIR");

    private Child() {}

    /** A program to be run in a directory; our keys are no affair of it, and no variable may change what it does. */
    static ProcessBuilder in(final Path directory, final List<String> command) {
        final ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        final Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(ENVIRONMENT_KEPT);
        environment.put("LC_ALL", "C");
        return builder;
    }

    /**
     * Waits for an end, through interrupts: what is being stopped must not be left half stopped.
     *
     * @return whether it has ended with 0 in time
     */
    static boolean hasSucceeded(final Process process, final long secondsMax) {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsMax);
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS)
                            && process.exitValue() == 0;
                } catch (final InterruptedException e) {
                    isInterrupted = true;
                }
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What programs said, for a message. */
    static String said(final Path... logs) throws IOException {
        final StringBuilder text = new StringBuilder();
        for (final Path log : logs) {
            if (Files.exists(log)) {
                text.append(new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip())
                        .append('\n');
            }
        }
        return text.toString().strip();
    }
}
