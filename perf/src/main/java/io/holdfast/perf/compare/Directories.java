package io.holdfast.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories that a measurement makes for itself. */
public final class Directories {
    private Directories() {}

    /**
     * Deletes one with all that is in it.
     *
     * @throws IOException naming what cannot be deleted
     */
    public static void delete(final Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            final List<Path> deepestFirst =
                    files.sorted(Comparator.reverseOrder()).toList();
            for (final Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        }
    }
}
