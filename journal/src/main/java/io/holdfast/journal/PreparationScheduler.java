package io.holdfast.journal;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where and when segments are prepared: a thread of its own, or a test's. */
interface PreparationScheduler {

    /** Runs the task soon, after those before it. Never blocks. */
    void run(Runnable task);

    /** Runs the task after a while. */
    void runLater(Runnable task);

    /** On return no task runs or will; false when one could not be waited for. */
    boolean stop();

    /** One daemon thread. A disk that was full is looked at again every 500 ms. */
    static PreparationScheduler thread() {
        return new ThreadScheduler();
    }

    /** The real one. */
    final class ThreadScheduler implements PreparationScheduler {
        private static final Logger LOG = LoggerFactory.getLogger(ThreadScheduler.class);
        private static final long RETRY_PERIOD_MS = 500;
        private static final long STOP_TIMEOUT_MS = 60_000;

        private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            final Thread thread = new Thread(task, "holdfast-journal-preparer");
            thread.setDaemon(true);
            return thread;
        });

        private ThreadScheduler() {
            executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        }

        @Override
        public void run(final Runnable task) {
            executor.execute(task);
        }

        @Override
        public void runLater(final Runnable task) {
            executor.schedule(task, RETRY_PERIOD_MS, TimeUnit.MILLISECONDS);
        }

        @Override
        public boolean stop() {
            executor.shutdown();
            final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_TIMEOUT_MS);
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        final long leftNs = deadlineNs - System.nanoTime();
                        return executor.awaitTermination(leftNs, TimeUnit.NANOSECONDS);
                    } catch (final InterruptedException e) {
                        LOG.debug("interrupted while a segment is being prepared: waiting on, the lock is still held");
                        interrupted = true;
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
