package io.holdfast.perf.ring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories that a measurement makes and takes away again. */
public final class Directories {
    private Directories() {}

    /** Deletes the directory and all below it. */
    public static void delete(final Path directory) throws IOException {
        final List<Path> all;
        try (Stream<Path> found = Files.walk(directory)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path each : all) {
            Files.deleteIfExists(each);
        }
    }

    /** Bytes of all files below. */
    static long bytes(final Path directory) throws IOException {
        long sum = 0;
        try (Stream<Path> found = Files.walk(directory)) {
            for (final Path each : found.filter(Files::isRegularFile).toList()) {
                sum += Files.size(each);
            }
        }
        return sum;
    }
}
