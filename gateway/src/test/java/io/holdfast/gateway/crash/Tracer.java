package io.holdfast.gateway.crash;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** strace, attached to all threads of a running server. */
final class Tracer implements AutoCloseable {
    private final Process process;

    private Tracer(final Process process) {
        this.process = process;
    }

    /** Attaches, and returns once it has. */
    static Tracer attach(final ServerProcess server, final Path trace, final String... more) throws IOException {
        final Path log = trace.resolveSibling("strace.log");
        final List<String> command =
                new ArrayList<>(List.of("strace", "-f", "-p", Long.toString(server.pid()), "-o", trace.toString()));
        command.addAll(List.of(more));
        final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !process.isAlive() || Files.readString(log).contains("attached"));
        return new Tracer(process);
    }

    void requireAttached() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("strace ended with status " + process.exitValue());
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new IOException("strace did not detach");
            }
        } catch (final InterruptedException e) {
            throw new IOException(e);
        }
    }
}
