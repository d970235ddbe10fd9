package io.holdfast.gateway.pipeline;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets the writer look for a short while, then park until an event loop wakes it or a deadline passes.
 *
 * <p>Publishing does not signal: an event loop publishes all that one pass brought and then calls {@link #wakeUp()} once.
 * The hand-shake is Dekker's: the writer announces that it parks and looks at the cursor once more; the event loop moves
 * the cursor (a CAS, so a full fence) and then looks whether the writer parks. One of the two sees the other.
 */
public final class ParkingWaitStrategy implements WaitStrategy {
    private final long spinNs;

    /** Set by the writer before each wait: the latest time, by {@link System#nanoTime}, at which it wants to be back. */
    private long deadlineNs;

    private volatile boolean isParking;
    private volatile Thread writer;

    /** @param spinNs how long to look before parking, in nanoseconds */
    public ParkingWaitStrategy(final long spinNs) {
        this.spinNs = spinNs;
    }

    /** Names the calling thread as the one that waits. */
    public void bind() {
        writer = Thread.currentThread();
    }

    public void deadlineNs(final long nanoTime) {
        deadlineNs = nanoTime;
    }

    /** Returns the cursor, which is below the wanted sequence when the deadline passed first. */
    @Override
    public long waitFor(
            final long sequence, final Sequence cursor, final Sequence dependent, final SequenceBarrier barrier)
            throws AlertException, InterruptedException {
        final long nowNs = System.nanoTime();
        final long spinUntilNs = nowNs + Math.min(spinNs, deadlineNs - nowNs);
        while (cursor.get() < sequence && System.nanoTime() - spinUntilNs < 0) {
            Thread.onSpinWait();
        }
        if (cursor.get() < sequence) {
            park(sequence, cursor, barrier);
        }
        return cursor.get();
    }

    private void park(final long sequence, final Sequence cursor, final SequenceBarrier barrier)
            throws AlertException, InterruptedException {
        isParking = true;
        try {
            long leftNs = deadlineNs - System.nanoTime();
            while (cursor.get() < sequence && leftNs > 0) {
                barrier.checkAlert();
                LockSupport.parkNanos(this, leftNs);
                if (Thread.interrupted()) {
                    throw new InterruptedException("the writer was interrupted");
                }
                leftNs = deadlineNs - System.nanoTime();
            }
        } finally {
            isParking = false;
        }
    }

    /** Called by {@code publish}; the lane wakes the writer itself, once per pass. */
    @Override
    public void signalAllWhenBlocking() {}

    /** Wakes the writer if it is parked or about to. */
    public void wakeUp() {
        if (isParking) {
            LockSupport.unpark(writer);
        }
    }
}
