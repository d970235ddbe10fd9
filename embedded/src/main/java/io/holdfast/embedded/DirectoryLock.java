package io.holdfast.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One owner per directory: with it held, a server that runs on the directory has lost its owner.
 *
 * <p>POSIX record locks belong to the process, and closing <em>any</em> descriptor of the file drops them (POSIX,
 * {@code fcntl}). So a second opener in this process is turned away before it opens the file; the set is static because
 * what it mirrors, the kernel's table, is process-wide too.
 */
final class DirectoryLock implements AutoCloseable {
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private DirectoryLock(final Path file, final FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes a directory, given by its real path. */
    static DirectoryLock acquire(final Path directory) throws IOException {
        final Path file = directory.resolve("lock");
        if (!HELD.add(file)) {
            throw inUse(directory, "this process");
        }
        FileChannel channel = null;
        boolean isLocked = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw inUse(directory, "another process");
            }
            isLocked = true;
            return new DirectoryLock(file, channel);
        } finally {
            if (!isLocked) {
                if (channel != null) {
                    channel.close();
                }
                HELD.remove(file);
            }
        }
    }

    private static IOException inUse(final Path directory, final String whom) {
        return new IOException(
                directory + " is in use by " + whom + "; next step: stop that one, or name another directory");
    }

    @Override
    public void close() throws IOException {
        if (isClosed.compareAndSet(false, true)) {
            try {
                channel.close();
            } finally {
                HELD.remove(file);
            }
        }
    }
}
