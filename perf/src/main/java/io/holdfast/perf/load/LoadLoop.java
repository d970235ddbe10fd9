package io.holdfast.perf.load;

import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One thread that moves bytes and does what is due. It sleeps in the kernel's queue of events up to the time that is due
 * next, less what it spins.
 */
public final class LoadLoop {
    /** It looks up at least so often, so that a stop is seen. */
    private static final long SLEEP_NS_MAX = TimeUnit.MILLISECONDS.toNanos(20);

    private final WirePlan plan;
    private final Function<Wire, Work> working;
    private final Thread thread;

    private volatile boolean isStopped;

    // Written by the loop's thread before it ends, read after it was joined.
    private Throwable failure;
    private long processorNs;
    private long userNs;

    private LoadLoop(final String name, final WirePlan plan, final Function<Wire, Work> working) {
        this.plan = plan;
        this.working = working;
        this.thread = new FastThreadLocalThread(this::run, name);
        thread.setDaemon(true);
    }

    /**
     * Starts a thread.
     *
     * @param working makes the loop's work, on the loop's thread
     */
    public static LoadLoop start(final String name, final WirePlan plan, final Function<Wire, Work> working) {
        final LoadLoop loop = new LoadLoop(name, plan, working);
        loop.thread.start();
        return loop;
    }

    private void run() {
        final Wire wire = new Wire(plan, thread);
        try {
            TimerSlack.least();
            work(wire.events(), working.apply(wire));
        } catch (final RuntimeException | Error e) {
            failure = e;
        } finally {
            readProcessorTime();
            end(wire.events());
        }
    }

    private void work(final ManualIoEventLoop events, final Work work) {
        while (!isStopped) {
            final long dueNs = work.step(System.nanoTime());
            if (dueNs == Work.DONE) {
                return;
            }
            final long sleepNs = sleepNs(dueNs);
            if (sleepNs > 0) {
                events.run(sleepNs, 0);
            } else {
                events.runNow(0);
            }
        }
    }

    private long sleepNs(final long dueNs) {
        if (plan.spinNs() == WirePlan.ALWAYS_SPIN) {
            return 0;
        }
        return dueNs == Work.IDLE ? SLEEP_NS_MAX : Math.min(SLEEP_NS_MAX, dueNs - System.nanoTime() - plan.spinNs());
    }

    private void readProcessorTime() {
        final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        processorNs = threads.getCurrentThreadCpuTime();
        userNs = threads.getCurrentThreadUserTime();
    }

    /** Closes what is still open. */
    private static void end(final ManualIoEventLoop events) {
        events.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
        while (!events.isTerminated()) {
            events.runNow(0);
        }
    }

    /** Asks the loop to end before its work is done. */
    public void stop() {
        isStopped = true;
    }

    /**
     * Waits for the loop's end for a while.
     *
     * @return whether it has ended
     */
    public boolean awaitFor(final long timeoutMs) throws InterruptedException {
        thread.join(timeoutMs);
        return !thread.isAlive();
    }

    /**
     * Waits for the loop's end.
     *
     * @throws IllegalStateException if its thread failed
     */
    public void join() throws InterruptedException {
        thread.join();
        if (failure != null) {
            throw new IllegalStateException(thread.getName() + " failed: " + failure, failure);
        }
    }

    /** Processor time of the thread, the kernel's included; after {@link #join()}. */
    public long processorNs() {
        return processorNs;
    }

    /** Of that, outside the kernel. */
    public long userNs() {
        return userNs;
    }
}
