package io.holdfast.gateway.warmup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory that goes with all that is in it. */
record ScratchDirectory(Path path) implements AutoCloseable {
    /** Makes it, without what a process that was killed may have left in it. */
    static ScratchDirectory empty(final Path path) throws IOException {
        final ScratchDirectory directory = new ScratchDirectory(path);
        directory.close();
        Files.createDirectory(path);
        return directory;
    }

    @Override
    public void close() throws IOException {
        if (Files.notExists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            final List<Path> deepestFirst =
                    files.sorted(Comparator.reverseOrder()).toList();
            for (final Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        }
    }
}
