package io.holdfast.perf.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory that a measurement makes on the disk it is about, and takes away again. */
final class WorkDirectory implements AutoCloseable {
    private final Path path;

    private WorkDirectory(final Path path) {
        this.path = path;
    }

    /** Where {@link JmhRun} told this JVM to, or else where temporary files go. */
    static WorkDirectory make() throws IOException {
        return make(Path.of(System.getProperty(JmhRun.DIRECTORY_PROPERTY, System.getProperty("java.io.tmpdir"))));
    }

    static WorkDirectory make(final Path parent) throws IOException {
        return new WorkDirectory(Files.createTempDirectory(parent, "holdfast-jmh-"));
    }

    Path path() {
        return path;
    }

    /** Deletes it with all that is in it. */
    @Override
    public void close() throws IOException {
        final List<Path> deepestFirst;
        try (Stream<Path> found = Files.walk(path)) {
            deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path each : deepestFirst) {
            Files.deleteIfExists(each);
        }
    }
}
