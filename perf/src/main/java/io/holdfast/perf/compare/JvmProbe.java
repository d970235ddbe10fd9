package io.holdfast.perf.compare;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.function.Predicate;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Looks into the JVM of another process of the same user, by its own management beans. For one thread. */
final class JvmProbe implements AutoCloseable {
    /** The first collection makes weak references and finalisers due, the second takes what they held. */
    private static final int COLLECTIONS = 2;

    /** Of the connection that looks: what it allocates is not the server's. */
    private static final Predicate<String> IS_OURS =
            name -> name.startsWith("RMI ") || name.startsWith("JMX ") || name.startsWith("Attach ");

    private final JMXConnector connector;
    private final MemoryMXBean memory;
    private final com.sun.management.ThreadMXBean threads;
    private final Iterable<BufferPoolMXBean> buffers;

    private JvmProbe(final JMXConnector connector) throws IOException {
        final MBeanServerConnection connection = connector.getMBeanServerConnection();
        this.connector = connector;
        this.memory = ManagementFactory.getPlatformMXBean(connection, MemoryMXBean.class);
        this.threads = ManagementFactory.getPlatformMXBean(connection, com.sun.management.ThreadMXBean.class);
        this.buffers = ManagementFactory.getPlatformMXBeans(connection, BufferPoolMXBean.class);
    }

    /** @throws IOException when that process is no JVM of this user */
    static JvmProbe attach(final long pid) throws IOException {
        try {
            final VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                return new JvmProbe(
                        JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
            } finally {
                machine.detach();
            }
        } catch (final AttachNotSupportedException e) {
            throw new IOException("cannot look into the JVM of process " + pid, e);
        }
    }

    /** Bytes that live on the heap, collected first, and in direct buffers that the JVM counts. */
    long liveBytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            memory.gc();
        }
        long bytes = memory.getHeapMemoryUsage().getUsed();
        for (final BufferPoolMXBean pool : buffers) {
            bytes += "direct".equals(pool.getName()) ? pool.getMemoryUsed() : 0;
        }
        return bytes;
    }

    /**
     * Bytes that threads with such names have allocated since they began; exact, for the JVM counts them
     * itself.
     */
    long allocatedBytes(final Predicate<String> isCounted) {
        final long[] ids = threads.getAllThreadIds();
        final long[] allocated = threads.getThreadAllocatedBytes(ids);
        final var infos = threads.getThreadInfo(ids);
        long sum = 0;
        for (int i = 0; i < ids.length; i++) {
            final boolean isThere = infos[i] != null && allocated[i] >= 0;
            if (isThere && !IS_OURS.test(infos[i].getThreadName()) && isCounted.test(infos[i].getThreadName())) {
                sum += allocated[i];
            }
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
