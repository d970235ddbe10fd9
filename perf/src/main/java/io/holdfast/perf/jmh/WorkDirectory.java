package io.holdfast.perf.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory for one iteration's journal, on the disk that is measured. */
final class WorkDirectory implements AutoCloseable {
    private final Path path;

    private WorkDirectory(final Path path) {
        this.path = path;
    }

    static WorkDirectory make() throws IOException {
        final String parent = System.getProperty(JmhRun.DIRECTORY_PROPERTY, System.getProperty("java.io.tmpdir"));
        return new WorkDirectory(Files.createTempDirectory(Path.of(parent), "holdfast-jmh-"));
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
