package io.holdfast.gateway.cli;

/** What the process says to whoever started it. Permanent: scripts and supervisors rely on them. */
public final class ExitStatus {
    /** All well. */
    public static final int OK = 0;

    /** The answer is no: a verification found a fault. */
    public static final int NO = 1;

    /** Wrong usage: an unknown flag, a malformed value. */
    public static final int USAGE = 2;

    /** Cannot start: a key missing, a port taken, a directory locked, a journal refused. */
    public static final int CANNOT_START = 3;

    /** Halted: a failed sync, a broken invariant, a dead stage, out of memory. */
    public static final int HALTED = 4;

    private ExitStatus() {}
}
