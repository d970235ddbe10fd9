package io.holdfast.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One open file: positional reads and writes, no file pointer, no mapping (a full disk under one is a
 * SIGBUS).
 */
public interface JournalFile extends Closeable {

    /** Reads up to {@code target.remaining()} bytes from the offset; -1 at or beyond the end. */
    int read(ByteBuffer target, long offset) throws IOException;

    /** Writes up to {@code source.remaining()} bytes at the offset and returns how many; may be short. */
    int write(ByteBuffer source, long offset) throws IOException;

    /**
     * On return all that was written, and the length, is durable (fdatasync). Never call it again after it
     * threw.
     */
    void sync() throws IOException;

    long length() throws IOException;
}
