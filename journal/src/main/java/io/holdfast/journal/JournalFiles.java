package io.holdfast.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The file system as the journal sees it: few calls, each with its durability named, so that a test can put a
 * faulty disk underneath. Every method may be called from any thread.
 */
public interface JournalFiles {

    /** The real file system: positional {@code FileChannel} I/O, {@code force(false)} (fdatasync) as sync. */
    static JournalFiles real() {
        return new RealFiles();
    }

    /** Makes the directory and its missing parents, mode 0700, each entry durable on return. */
    void createDirectories(Path directory) throws IOException;

    /** The names in a directory, in no order; empty when the directory does not exist. */
    List<Path> list(Path directory) throws IOException;

    boolean exists(Path file) throws IOException;

    /** Opens an existing file to read. */
    JournalFile openToRead(Path file) throws IOException;

    /** Opens an existing file to read and write. */
    JournalFile openToWrite(Path file) throws IOException;

    /**
     * Makes an empty file, or empties the one that is there. Durable only after syncs of file and directory.
     */
    JournalFile create(Path file) throws IOException;

    /** Renames atomically, replacing the target. Durable only after {@link #syncDirectory}. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes if it exists. Durable only after {@link #syncDirectory}. */
    void delete(Path file) throws IOException;

    /** On return every create, rename and delete in this directory is durable. */
    void syncDirectory(Path directory) throws IOException;

    /** Bytes this process may still write on the disk that holds the directory. */
    long usableBytes(Path directory) throws IOException;

    /**
     * Takes the exclusive lock for as long as the returned object is open.
     *
     * @throws JournalLockedException when this or another process holds it
     */
    AutoCloseable lock(Path file) throws IOException;
}
