package io.holdfast.gateway;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends the process a while after it halted, should the orderly part of the halt hang or fail. Its thread is made
 * beforehand: when memory has run out, none can be.
 */
final class HaltGuard implements AutoCloseable {
    private final long afterMs;
    private final Runnable endProcess;
    private final CountDownLatch isOver = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);

    private volatile boolean hasHalted;

    private HaltGuard(final long afterMs, final Runnable endProcess) {
        this.afterMs = afterMs;
        this.endProcess = endProcess;
    }

    static HaltGuard start(final long afterMs, final Runnable endProcess) {
        final HaltGuard guard = new HaltGuard(afterMs, endProcess);
        final Thread thread = new Thread(guard::watch, "holdfast-halt-guard");
        thread.setDaemon(true);
        thread.start();
        return guard;
    }

    /** From now on the process has only so long. Allocates nothing. */
    void halt() {
        hasHalted = true;
        isOver.countDown();
    }

    /** The server stopped: the thread ends, and the process may live. After a halt this changes nothing. */
    @Override
    public void close() {
        isOver.countDown();
    }

    private void watch() {
        try {
            isOver.await();
            if (hasHalted) {
                never.await(afterMs, TimeUnit.MILLISECONDS);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (hasHalted) {
                endProcess.run();
            }
        }
    }
}
