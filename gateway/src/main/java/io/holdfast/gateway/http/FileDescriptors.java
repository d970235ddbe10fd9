package io.holdfast.gateway.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many connections the process may hold without running out of file descriptors. */
final class FileDescriptors {
    /** Journal segments, snapshots, logs, stores and the jars that are opened late. */
    private static final int RESERVE = 256;

    private FileDescriptors() {}

    /**
     * The lesser of what was asked for and what the limit leaves.
     *
     * @throws IllegalStateException when the limit leaves nothing
     */
    static int connectionsMax(final int asked) {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) {
            return asked;
        }
        final long limit = system.getMaxFileDescriptorCount();
        final long left = limit - system.getOpenFileDescriptorCount() - Math.min(RESERVE, limit / 4);
        if (left < 1) {
            throw new IllegalStateException(
                    "the file descriptor limit of " + limit + " leaves none for connections: raise it (ulimit -n)");
        }
        return (int) Math.min(asked, left);
    }
}
