package io.holdfast.journal;

import java.nio.file.Path;

/**
 * The process dies at the nth operation: before it, or in the middle of a write; nothing it does afterwards
 * reaches the disk.
 */
final class CrashFault implements FaultyFiles.Fault {

    /** What the dying process would never see. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("crash");
        }
    }

    private final int crashAt;
    private final double shareWritten;
    private int operations;
    private boolean isCrashed;

    /**
     * @param crashAt which operation is the last, counted from 1
     * @param shareWritten how much of it reaches memory, if it is a write
     */
    CrashFault(final int crashAt, final double shareWritten) {
        this.crashAt = crashAt;
        this.shareWritten = shareWritten;
    }

    @Override
    public int before(final FaultyFiles.Operation operation, final Path path, final int length) {
        operations++;
        if (isCrashed || operations > crashAt) {
            isCrashed = true;
            throw new Crash();
        }
        if (operations == crashAt) {
            final int written = (int) (length * shareWritten);
            if (written == 0) {
                isCrashed = true;
                throw new Crash();
            }
            return written; // the write goes on behind this part, and there it crashes
        }
        return length;
    }

    boolean isCrashed() {
        return isCrashed;
    }
}
