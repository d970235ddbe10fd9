package io.holdfast.embedded;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where the servers' programs are unpacked, once for all runs of this user: {@code $XDG_CACHE_HOME/holdfast} or
 * {@code ~/.cache/holdfast}.
 *
 * <p>What is unpacked is complete before it gets its name, by a rename. So neither a crash in the middle nor two
 * processes at once leave anything half done under that name: the second finds the first one's, or throws away its own.
 */
final class BinaryCache {
    private final Path root;

    BinaryCache(final Path root) {
        this.root = root;
    }

    static BinaryCache ofUser() {
        final String cache = System.getenv("XDG_CACHE_HOME");
        final Path home =
                cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return new BinaryCache(home.resolve("holdfast"));
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
