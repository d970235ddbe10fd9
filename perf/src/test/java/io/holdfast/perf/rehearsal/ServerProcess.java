package io.holdfast.perf.rehearsal;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real server, as a process of its own. */
final class ServerProcess {
    static final Keys KEYS = new Keys(
            "api-key-of-the-rehearsal-test", "admin-key-of-the-rehearsal-test", "payment-secret-of-the-rehearsal-test");

    private static final Pattern READY = Pattern.compile("holdfast: serving (http://127\\.0\\.0\\.1:\\d+) ");

    private final Process process;
    private final CompletableFuture<String> url = new CompletableFuture<>();

    private ServerProcess(final Process process) {
        this.process = process;
        // A test that fails leaves its server behind: it ends with the tests at the latest.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        final Thread reader = new Thread(this::readLog, "server-log");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a server on free ports, with stores that are not there: none are embedded, and the sale goes on. */
    static ServerProcess start(final Path data) throws IOException {
        final List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.holdfast.gateway.cli.Main",
                "serve",
                "--dev",
                "--port=0",
                "--management-port=0",
                "--data-dir=" + data,
                "--api-key=" + KEYS.apiKey(),
                "--admin-key=" + KEYS.adminKey(),
                "--payment-secret=" + KEYS.paymentSecret(),
                "--postgres-url=jdbc:postgresql://127.0.0.1:1/none",
                "--postgres-user=none",
                "--redis-url=redis://127.0.0.1:1");
        return new ServerProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private void readLog() {
        final StringBuilder log = new StringBuilder();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!url.isDone()) {
                    log.append(line).append('\n');
                }
                final Matcher matcher = READY.matcher(line);
                if (matcher.find()) {
                    url.complete(matcher.group(1));
                }
            }
        } catch (final IOException e) {
            url.completeExceptionally(e);
        }
        url.completeExceptionally(new IllegalStateException("the server ended before it served:\n" + log));
    }

    /** Where it serves, once it does. */
    String url() throws Exception {
        return url.get(60, TimeUnit.SECONDS);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
