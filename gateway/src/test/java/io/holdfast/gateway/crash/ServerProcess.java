package io.holdfast.gateway.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The server as a process of its own, to be killed. */
final class ServerProcess {
    static final String API_KEY = "api-key-of-the-crash-test";
    static final String ADMIN_KEY = "admin-key-of-the-crash-test";
    static final String PAYMENT_SECRET = "payment-secret-of-the-crash-test";

    /** Stores that are named and not there: none are embedded, and the sale goes on without them. */
    private static final List<String> NO_STORES = List.of(
            "--postgres-url=jdbc:postgresql://127.0.0.1:1/none",
            "--postgres-user=none",
            "--redis-url=redis://127.0.0.1:1");

    private static final Pattern READY = Pattern.compile(
            "holdfast: serving http://127\\.0\\.0\\.1:(\\d+) \\(management http://127\\.0\\.0\\.1:(\\d+)\\)");

    private final Process process;
    private final StringBuilder log = new StringBuilder();
    private final CompletableFuture<int[]> ready = new CompletableFuture<>();
    private final Thread reader;

    private ServerProcess(final Process process) {
        this.process = process;
        // A test that fails leaves its server behind: it ends with the tests at the latest.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        this.reader = new Thread(this::readLog, "server-log");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a server on free ports; {@link #port()} waits until it serves. */
    static ServerProcess start(final Path data, final String... more) throws IOException {
        return start(Launch.DEFAULT, data, more);
    }

    /**
     * How the process is launched.
     *
     * @param shell a command that ends by running what follows it; none when empty
     * @param jvm options
     */
    record Launch(List<String> shell, List<String> jvm) {
        static final Launch DEFAULT = new Launch(List.of(), List.of("-Xmx512m"));
    }

    /** Starts a server on a port that clients know already. */
    static ServerProcess startOn(final int port, final Path data, final String... more) throws IOException {
        return start(Launch.DEFAULT, port, data, more);
    }

    static ServerProcess start(final Launch launch, final Path data, final String... more) throws IOException {
        return start(launch, 0, data, more);
    }

    private static ServerProcess start(final Launch launch, final int port, final Path data, final String... more)
            throws IOException {
        final List<String> command = new ArrayList<>(launch.shell());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(launch.jvm());
        command.addAll(List.of(
                "--add-opens",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.holdfast.gateway.cli.Main",
                "serve",
                "--dev",
                "--port=" + port,
                "--management-port=0",
                "--data-dir=" + data,
                "--api-key=" + API_KEY,
                "--admin-key=" + ADMIN_KEY,
                "--payment-secret=" + PAYMENT_SECRET));
        command.addAll(List.of(more));
        if (Stream.of(more).noneMatch(flag -> flag.startsWith("--postgres-url="))) {
            command.addAll(NO_STORES);
        }
        return new ServerProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private void readLog() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (log) {
                    log.append(line).append('\n');
                }
                final Matcher matcher = READY.matcher(line);
                if (matcher.find()) {
                    ready.complete(new int[] {Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))});
                }
            }
        } catch (final IOException e) {
            ready.completeExceptionally(e);
        }
        ready.completeExceptionally(new IllegalStateException("the server ended before it served:\n" + log()));
    }

    int port() throws Exception {
        return ready.get(60, TimeUnit.SECONDS)[0];
    }

    int managementPort() throws Exception {
        return ready.get(60, TimeUnit.SECONDS)[1];
    }

    long pid() {
        return process.pid();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks the process to end in order and returns its exit status. */
    int terminate() throws Exception {
        process.destroy();
        return awaitExit();
    }

    /** Asks the process to end in order, and does not wait. */
    void terminateAgain() {
        process.destroy();
    }

    int awaitExit() throws Exception {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the server did not end:\n" + log());
        }
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String log() {
        synchronized (log) {
            return log.toString();
        }
    }
}
