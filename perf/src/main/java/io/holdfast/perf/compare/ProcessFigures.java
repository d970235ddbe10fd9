package io.holdfast.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the kernel counts of one process. */
final class ProcessFigures {
    /** {@code USER_HZ}, the same on every Linux that has a JVM (proc(5)). */
    private static final double TICKS_PER_SECOND = 100;

    private static final long BYTES_PER_KB = 1_024;
    private static final int STATE = 0;
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;
    private static final int CHILDREN_USER_TIME = 13;
    private static final int CHILDREN_SYSTEM_TIME = 14;

    private ProcessFigures() {}

    /** Whether it is there, and is no zombie that waits for its parent to notice. What cannot be read has gone. */
    static boolean isRunning(final long pid) {
        try {
            return !"Z".equals(stat(pid)[STATE]);
        } catch (final IOException e) {
            return false;
        }
    }

    /** Processor time of all its threads, user and system, since it began. */
    static double cpuSeconds(final long pid) throws IOException {
        final String[] stat = stat(pid);
        return (Long.parseLong(stat[USER_TIME]) + Long.parseLong(stat[SYSTEM_TIME])) / TICKS_PER_SECOND;
    }

    /** Processor time of those children of this process that have ended, and theirs. */
    static double endedChildrenCpuSeconds() throws IOException {
        final String[] stat = stat(ProcessHandle.current().pid());
        return (Long.parseLong(stat[CHILDREN_USER_TIME]) + Long.parseLong(stat[CHILDREN_SYSTEM_TIME]))
                / TICKS_PER_SECOND;
    }

    /** What stands behind the name, which is in parentheses, may hold blanks, and is the last that has any. */
    private static String[] stat(final long pid) throws IOException {
        final String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }

    /** The words that the process was started with. */
    static List<String> commandLine(final long pid) throws IOException {
        return List.of(Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
                .split("\0"));
    }

    /** Memory that is there, in bytes; what the JVM has taken from the kernel, used or not. */
    static long residentBytes(final long pid) throws IOException {
        for (final String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KB;
            }
        }
        throw new IOException("process " + pid + " has no VmRSS: it has ended");
    }
}
