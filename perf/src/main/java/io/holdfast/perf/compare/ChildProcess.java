package io.holdfast.perf.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program that runs as long as this process wants it to, and never longer than this process lives: {@code
 * child.sh} says how.
 * Its directory is deleted behind it. For one thread.
 */
final class ChildProcess implements AutoCloseable {
    private static final long LOOK_MS = 50;
    private static final long END_MAX_SECONDS = 60;
    private static final int SAID_LENGTH_MAX = 2_000;
    private static final String LOG = "said.log";

    /**
     * Ours: they would tell a server of other stores than its own. The launcher's flags for the JVM are meant
     * for it.
     */
    private static final String VARIABLES = "HOLDFAST_";

    private static final String JAVA_OPTIONS = "HOLDFAST_JAVA_OPTS";

    private final Path directory;
    private final Process guardian;
    private final long pid;

    private ChildProcess(final Path directory, final Process guardian, final long pid) {
        this.directory = directory;
        this.guardian = guardian;
        this.pid = pid;
    }

    /**
     * Starts a program.
     *
     * @param directory made for it, and its own
     * @param variables added to its environment
     */
    static ChildProcess start(final Path directory, final List<String> command, final Map<String, String> variables)
            throws IOException {
        final List<String> line = new ArrayList<>(List.of("sh", "-c", script(), "holdfast-child"));
        line.add(directory.toString());
        line.addAll(command);
        final ProcessBuilder builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith(VARIABLES) && !name.equals(JAVA_OPTIONS));
        builder.environment().putAll(variables);
        final Process guardian = builder.start();
        final String answer;
        try (BufferedReader answers = guardian.inputReader(StandardCharsets.UTF_8)) {
            answer = answers.readLine();
        }
        if (answer == null) {
            throw new IOException("cannot run sh to start " + command.get(0));
        }
        return new ChildProcess(directory, guardian, Long.parseLong(answer));
    }

    private static String script() throws IOException {
        try (InputStream script = ChildProcess.class.getResourceAsStream("child.sh")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    long pid() {
        return pid;
    }

    /**
     * Waits until the program has said something.
     *
     * @throws IOException with the last that it said, when it ends before that, or takes too long
     */
    Matcher awaitSaid(final Pattern pattern, final Duration timeout) throws IOException, InterruptedException {
        final long deadlineNs = System.nanoTime() + timeout.toNanos();
        while (true) {
            final boolean isRunning = ProcessFigures.isRunning(pid);
            final String said = said();
            final Matcher matcher = pattern.matcher(said);
            if (matcher.find()) {
                return matcher;
            }
            if (!isRunning || System.nanoTime() > deadlineNs) {
                throw new IOException(
                        (isRunning ? "does not begin to serve within " + timeout.toSeconds() + " s" : "has ended")
                                + "; it said:\n" + said.substring(Math.max(0, said.length() - SAID_LENGTH_MAX)));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
    }

    private String said() throws IOException {
        final Path log = directory.resolve(LOG);
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** Tells it to end, and does not wait for that. May be called more than once. */
    void end() {
        try {
            guardian.getOutputStream().close();
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot tell process " + pid + " to end", e);
        }
    }

    /**
     * Ends it in order, or by force if that takes too long; returns when it has ended and its directory is
     * gone.
     */
    @Override
    public void close() {
        end();
        if (!hasEnded()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            throw new UncheckedIOException(new IOException("process " + pid + " did not end in order, and was killed"));
        }
    }

    /** Waits through interrupts: what is being stopped must not be left half stopped. */
    private boolean hasEnded() {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_MAX_SECONDS);
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    return guardian.waitFor(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
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
}
