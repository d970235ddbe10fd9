package io.holdfast.embedded;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where the servers' programs are unpacked, once for all runs of this user: {@code $XDG_CACHE_HOME/holdfast}, else
 * {@code ~/.cache/holdfast}, and {@code /var/cache/holdfast} for root.
 *
 * <p>What is unpacked is complete before it gets its name, by a rename. So neither a crash in the middle nor two
 * processes at once leave anything half done under that name: the second finds the first one's, or throws its own away.
 */
final class BinaryCache {
    private final Path root;

    BinaryCache(final Path root) {
        this.root = root;
    }

    static BinaryCache ofUser() {
        final String given = System.getenv("XDG_CACHE_HOME");
        if (given != null && !given.isEmpty()) {
            return new BinaryCache(Path.of(given, "holdfast"));
        }
        // Root's home is closed to others, and root may have to run these programs as nobody.
        return new BinaryCache(
                Unprivileged.isRoot()
                        ? Path.of("/var/cache/holdfast")
                        : Path.of(System.getProperty("user.home"), ".cache", "holdfast"));
    }

    /** Fills an empty directory. */
    @FunctionalInterface
    interface Unpacking {
        void unpackInto(Path directory) throws IOException;
    }

    /**
     * The directory of that name, unpacked now if it is not there.
     *
     * @param name names the content, so that another content has another name
     */
    Path directory(final String name, final Unpacking unpacking) throws IOException {
        final Path wanted = root.resolve(name);
        if (Files.isDirectory(wanted)) {
            return wanted;
        }
        final Path unpacked = createBeside();
        try {
            unpacking.unpackInto(unpacked);
            Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(unpacked, wanted, StandardCopyOption.ATOMIC_MOVE);
        } catch (final FileSystemException e) {
            if (!Files.isDirectory(wanted)) {
                throw e;
            }
        } finally {
            Deletion.delete(unpacked);
        }
        return wanted;
    }

    private Path createBeside() throws IOException {
        try {
            Files.createDirectories(root);
            return Files.createTempDirectory(root, "unpacking-");
        } catch (final IOException e) {
            throw new IOException(
                    "cannot unpack the embedded servers into " + root + " (" + e
                            + "); next step: set XDG_CACHE_HOME to a directory that can be written",
                    e);
        }
    }
}
