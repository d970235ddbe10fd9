package io.holdfast.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A server's home, which nobody but its owner may look into. */
final class PrivateDirectory {
    private PrivateDirectory() {}

    /** Makes it if it is not there; returns its real path. */
    static Path create(final Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            final Path parent = directory.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        return directory.toRealPath();
    }
}
