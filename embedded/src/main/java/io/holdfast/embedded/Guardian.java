package io.holdfast.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A child process that starts a server, and ends it when this process closes the pipe between them or is gone, by
 * {@code kill -9} too: {@code guardian.sh} says how.
 *
 * <p>The server itself is no child of this process, and has left its terminal.
 */
final class Guardian {
    private static final String STARTED = "started ";
    private static final int START_TRIES = 3;
    private static final long END_MAX_SECONDS = 40;

    /**
     * What is guarded.
     *
     * @param directory the server's, where the guardian runs too
     * @param pidFile where the server writes its process id
     * @param mark a word of the server's command line that no other process's has
     * @param stopSignal asks the server to end in order
     * @param log where the server says what is wrong
     */
    record Guarded(Path directory, Path pidFile, String mark, String stopSignal, Path log) {}

    private final Guarded guarded;
    private final Process process;
    private final int port;
    private final long serverPid;

    private Guardian(final Guarded guarded, final Process process, final int port, final long serverPid) {
        this.guarded = guarded;
        this.process = process;
        this.port = port;
        this.serverPid = serverPid;
    }

    /**
     * Starts a server; returns when it takes connections. Tried again a few times: a port that was free may be taken by
     * somebody else before the server gets it, and what a killed server left in shared memory goes away by and by.
     *
     * @param port 0 takes a free one
     * @param command of a port: ends with 0 when the server runs, in a session of its own
     * @throws IOException if it does not start; the message has what it said
     */
    static Guardian start(final Guarded guarded, final int port, final IntFunction<List<String>> command)
            throws IOException {
        endLeftover(guarded);
        IOException last = null;
        for (int tries = 0; tries < START_TRIES; tries++) {
            final int taken = LoopbackPort.free(port);
            try {
                return startOnce(guarded, taken, command.apply(taken));
            } catch (final IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private static Guardian startOnce(final Guarded guarded, final int port, final List<String> command)
            throws IOException {
        Files.deleteIfExists(guarded.log());
        final Process process = run(guarded, command);
        final String answer;
        try (BufferedReader answers = process.inputReader(StandardCharsets.UTF_8)) {
            answer = answers.readLine();
        }
        if (answer == null || !answer.startsWith(STARTED)) {
            awaitEnd(process);
            throw new IOException("it does not start in " + guarded.directory() + ":\n"
                    + Child.said(guarded.directory().resolve("start.log"), guarded.log()));
        }
        return new Guardian(guarded, process, port, Long.parseLong(answer.substring(STARTED.length())));
    }

    /** Ends the server that an earlier run left behind, if there is one; a process that is not ours is left alone. */
    private static void endLeftover(final Guarded guarded) throws IOException {
        if (Files.exists(guarded.pidFile())) {
            if (!awaitEnd(run(guarded, List.of("true")))) {
                throw new IOException(
                        "the server that an earlier run left behind does not end; next step: end the process of "
                                + guarded.pidFile());
            }
            Files.deleteIfExists(guarded.pidFile());
        }
    }

    private static Process run(final Guarded guarded, final List<String> command) throws IOException {
        final List<String> line = new ArrayList<>(List.of("sh", "-c", script(), "holdfast-guardian"));
        line.addAll(List.of(guarded.pidFile().toString(), guarded.mark(), guarded.stopSignal()));
        line.addAll(command);
        return Child.in(guarded.directory(), line)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String script() throws IOException {
        try (InputStream script = Guardian.class.getResourceAsStream("guardian.sh")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    int port() {
        return port;
    }

    long serverPid() {
        return serverPid;
    }

    /**
     * Ends the server in order, or by force if that takes too long; returns when it has ended.
     *
     * @throws IOException if it does not end
     */
    void end() throws IOException {
        if (!awaitEnd(process)) {
            endLeftover(guarded);
        }
    }

    /** Whether the guardian has done its work, for which it takes less time than this waits. */
    private static boolean awaitEnd(final Process process) throws IOException {
        process.getOutputStream().close();
        return Child.hasSucceeded(process, END_MAX_SECONDS);
    }
}
