package io.holdfast.perf.ring;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/**
 * What the process has spent, by its own account; or between two moments.
 *
 * @param atNs when, by {@link System#nanoTime}
 * @param processNs processor time of all threads
 * @param writerNs processor time of the writer; 0 when there is none
 */
record Effort(long atNs, long processNs, long writerNs, SyncTally.Count syncs) {
    private static final String WRITER = "holdfast-writer";

    static Effort now(final SyncTally syncs) {
        return new Effort(System.nanoTime(), processTimeNs(), writerTimeNs(), syncs.count());
    }

    private static long processTimeNs() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    private static long writerTimeNs() {
        final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (final ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().equals(WRITER)) {
                return Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return 0;
    }

    Effort since(final Effort earlier) {
        return new Effort(
                atNs - earlier.atNs,
                processNs - earlier.processNs,
                writerNs - earlier.writerNs,
                syncs.since(earlier.syncs));
    }
}
