package io.holdfast.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Puts faults between the journal and a disk, real or simulated: a {@link Fault} hears of every call that
 * changes it.
 */
public final class FaultyFiles implements JournalFiles {

    /** A call that changes the disk. */
    public enum Operation {
        CREATE,
        WRITE,
        SYNC,
        RENAME,
        DELETE,
        SYNC_DIRECTORY
    }

    /** What goes wrong. */
    @FunctionalInterface
    public interface Fault {
        Fault NONE = (operation, path, length) -> length;

        /**
         * Called before the operation is carried out; may block, or throw in its place.
         *
         * @param length bytes to be written; 0 for other operations
         * @return how many of them are let through
         */
        int before(Operation operation, Path path, int length) throws IOException;
    }

    private final JournalFiles disk;
    private final AtomicInteger operations = new AtomicInteger();
    private volatile Fault fault = Fault.NONE;
    private volatile long reservedBytes;
    private volatile Consumer<Path> onOpenToRead = path -> {};

    public FaultyFiles(final JournalFiles disk) {
        this.disk = disk;
    }

    public void fault(final Fault next) {
        fault = next;
    }

    /** Hears of every file before it is opened to read. */
    public void onOpenToRead(final Consumer<Path> listener) {
        onOpenToRead = listener;
    }

    /** Every operation of this kind on files of such a name fails so. */
    public void fail(final Operation kind, final String nameSuffix, final String message) {
        fault = (operation, path, length) -> {
            if (operation == kind && path.toString().endsWith(nameSuffix)) {
                throw new IOException(message);
            }
            return length;
        };
    }

    /** The disk reports so many bytes fewer than it has. */
    public void reserve(final long bytes) {
        reservedBytes = bytes;
    }

    /** Operations that were begun. */
    public int operations() {
        return operations.get();
    }

    private int before(final Operation operation, final Path path, final int length) throws IOException {
        operations.incrementAndGet();
        return fault.before(operation, path, length);
    }

    @Override
    public void createDirectories(final Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public List<Path> list(final Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public boolean exists(final Path file) throws IOException {
        return disk.exists(file);
    }

    @Override
    public JournalFile openToRead(final Path file) throws IOException {
        onOpenToRead.accept(file);
        return disk.openToRead(file);
    }

    @Override
    public JournalFile openToWrite(final Path file) throws IOException {
        return new FaultyFile(file, disk.openToWrite(file));
    }

    @Override
    public JournalFile create(final Path file) throws IOException {
        before(Operation.CREATE, file, 0);
        return new FaultyFile(file, disk.create(file));
    }

    @Override
    public void rename(final Path from, final Path to) throws IOException {
        before(Operation.RENAME, to, 0);
        disk.rename(from, to);
    }

    @Override
    public void delete(final Path file) throws IOException {
        before(Operation.DELETE, file, 0);
        disk.delete(file);
    }

    @Override
    public void syncDirectory(final Path directory) throws IOException {
        before(Operation.SYNC_DIRECTORY, directory, 0);
        disk.syncDirectory(directory);
    }

    @Override
    public long usableBytes(final Path directory) throws IOException {
        return disk.usableBytes(directory) - reservedBytes;
    }

    @Override
    public AutoCloseable lock(final Path file) throws IOException {
        return disk.lock(file);
    }

    private final class FaultyFile implements JournalFile {
        private final Path path;
        private final JournalFile file;

        FaultyFile(final Path path, final JournalFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public int read(final ByteBuffer target, final long offset) throws IOException {
            return file.read(target, offset);
        }

        @Override
        public int write(final ByteBuffer source, final long offset) throws IOException {
            final int length = before(Operation.WRITE, path, source.remaining());
            final int limit = source.limit();
            source.limit(source.position() + length);
            try {
                return length == 0 ? 0 : file.write(source, offset);
            } finally {
                source.limit(limit);
            }
        }

        @Override
        public void sync() throws IOException {
            before(Operation.SYNC, path, 0);
            file.sync();
        }

        @Override
        public long length() throws IOException {
            return file.length();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
