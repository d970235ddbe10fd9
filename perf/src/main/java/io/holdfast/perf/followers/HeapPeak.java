package io.holdfast.perf.followers;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

/** How much heap was in use at most: no less than the truth, since the peaks of its parts may be of different times. */
final class HeapPeak {
    private static final double BYTES_PER_MIB = 1 << 20;

    private HeapPeak() {}

    /** Of this process so far, in MiB; what could have been collected counts too. */
    static double mib() {
        long bytes = 0;
        for (final MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                bytes += pool.getPeakUsage().getUsed();
            }
        }
        return bytes / BYTES_PER_MIB;
    }
}
