package io.holdfast.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The exclusive lock on a data directory: one channel for the life of the holder.
 *
 * <p>POSIX record locks belong to the process, and closing <em>any</em> descriptor of the file drops them
 * (POSIX, {@code fcntl}). So a second opener in this process must be turned away before it opens the file;
 * the set of held files is static because what it mirrors, the kernel's table, is process-wide too.
 */
final class ProcessLock implements AutoCloseable {
    private static final Set<Object> HELD = ConcurrentHashMap.newKeySet();

    private final Object fileKey;
    private final FileChannel channel;
    private boolean closed;

    private ProcessLock(final Object fileKey, final FileChannel channel) {
        this.fileKey = fileKey;
        this.channel = channel;
    }

    static synchronized ProcessLock acquire(final Path file) throws IOException {
        createIfMissing(file);
        final Object key = key(file);
        if (!HELD.add(key)) {
            throw new JournalLockedException(file, "this process");
        }
        FileChannel channel = null;
        boolean locked = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
            final FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new JournalLockedException(file, "another process");
            }
            locked = true;
            return new ProcessLock(key, channel);
        } catch (final OverlappingFileLockException e) {
            throw new JournalLockedException(file, "this process");
        } finally {
            if (!locked) {
                if (channel != null) {
                    channel.close();
                }
                HELD.remove(key);
            }
        }
    }

    /** Makes the file exclusively: where it exists already, no descriptor is opened. */
    private static void createIfMissing(final Path file) throws IOException {
        if (!Files.exists(file)) {
            try {
                Files.createFile(file);
            } catch (final FileAlreadyExistsException e) {
                return; // another opener was first; who gets the lock is decided below
            }
        }
    }

    private static Object key(final Path file) throws IOException {
        final Object inode =
                Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return inode == null ? file.toRealPath() : inode;
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            try {
                channel.close();
            } finally {
                HELD.remove(fileKey);
            }
        }
    }
}
