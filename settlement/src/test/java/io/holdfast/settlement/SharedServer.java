package io.holdfast.settlement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A real server that all tests of this process share. It ends with the process, and its data goes with it. */
public final class SharedServer {
    private SharedServer() {}

    /** How a server is started in a directory of its own. */
    public interface Starter<S> {
        S start(Path directory) throws IOException;
    }

    public static <S extends AutoCloseable> S start(final Starter<S> starter) {
        try {
            final Path directory = Files.createTempDirectory("holdfast-test");
            final S server = starter.start(directory);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, directory)));
            return server;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(final AutoCloseable server, final Path directory) {
        try {
            server.close();
            delete(directory);
        } catch (final Exception e) {
            System.err.println("left behind: " + directory + ": " + e);
        }
    }

    private static void delete(final Path directory) throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            final List<Path> deepestFirst =
                    found.sorted(Comparator.reverseOrder()).toList();
            for (final Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        }
    }
}
