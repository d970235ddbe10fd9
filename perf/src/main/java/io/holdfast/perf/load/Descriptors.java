package io.holdfast.perf.load;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many connections the process may have open without running out of file descriptors. */
public final class Descriptors {
    /** Jars that are opened late, reports, a journal that is read. */
    private static final int RESERVE = 256;

    private static final int UNLIMITED = 1_000_000;

    private Descriptors() {}

    /**
     * What the limit leaves.
     *
     * @throws IllegalStateException when it leaves nothing
     */
    public static int connectionsMax() {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) {
            return UNLIMITED;
        }
        final long left = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount() - RESERVE;
        if (left < 1) {
            throw new IllegalStateException("the file descriptor limit of " + system.getMaxFileDescriptorCount()
                    + " leaves none for connections: raise it (ulimit -n)");
        }
        return (int) Math.min(UNLIMITED, left);
    }
}
