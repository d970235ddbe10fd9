package io.holdfast.perf.jmh;

import io.holdfast.journal.JournalFile;
import io.holdfast.journal.JournalFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** The real file system, but for syncs of files, which it leaves out: what a sync costs is the difference. */
final class UnsyncedFiles implements JournalFiles {
    private final JournalFiles real = JournalFiles.real();

    @Override
    public void createDirectories(final Path directory) throws IOException {
        real.createDirectories(directory);
    }

    @Override
    public List<Path> list(final Path directory) throws IOException {
        return real.list(directory);
    }

    @Override
    public boolean exists(final Path file) throws IOException {
        return real.exists(file);
    }

    @Override
    public JournalFile openToRead(final Path file) throws IOException {
        return real.openToRead(file);
    }

    @Override
    public JournalFile openToWrite(final Path file) throws IOException {
        return new Unsynced(real.openToWrite(file));
    }

    @Override
    public JournalFile create(final Path file) throws IOException {
        return new Unsynced(real.create(file));
    }

    @Override
    public void rename(final Path from, final Path to) throws IOException {
        real.rename(from, to);
    }

    @Override
    public void delete(final Path file) throws IOException {
        real.delete(file);
    }

    @Override
    public void syncDirectory(final Path directory) throws IOException {
        real.syncDirectory(directory);
    }

    @Override
    public long usableBytes(final Path directory) throws IOException {
        return real.usableBytes(directory);
    }

    @Override
    public AutoCloseable lock(final Path file) throws IOException {
        return real.lock(file);
    }

    private record Unsynced(JournalFile file) implements JournalFile {
        @Override
        public int read(final ByteBuffer target, final long offset) throws IOException {
            return file.read(target, offset);
        }

        @Override
        public int write(final ByteBuffer source, final long offset) throws IOException {
            return file.write(source, offset);
        }

        @Override
        public void sync() {
            // The one thing that is not measured here.
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
