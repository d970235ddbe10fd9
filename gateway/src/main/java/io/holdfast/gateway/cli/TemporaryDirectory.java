package io.holdfast.gateway.cli;

import io.holdfast.gateway.StartRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The home of data that end with whoever made them: a demo's above all. */
final class TemporaryDirectory {
    private TemporaryDirectory() {}

    static Path create() throws StartRefusedException {
        try {
            return Files.createTempDirectory("holdfast-demo-");
        } catch (final IOException e) {
            throw new StartRefusedException(
                    "cannot make a temporary directory (" + e.getMessage() + "); next step: give --data-dir", e);
        }
    }

    /** Deletes it with all that is in it. What cannot be deleted stays: it is the temporary directory's affair. */
    static void delete(final Path directory, final Console console) {
        try (Stream<Path> files = Files.walk(directory)) {
            final List<Path> deepestFirst =
                    files.sorted(Comparator.reverseOrder()).toList();
            for (final Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (final IOException e) {
            console.say("left behind in " + directory + ": " + e.getMessage());
        }
    }
}
