package io.holdfast.gateway.pipeline;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import io.holdfast.gateway.sequencer.AnswerHandler;
import io.holdfast.gateway.sequencer.Exchange;
import io.holdfast.gateway.sequencer.Lane;
import io.holdfast.gateway.sequencer.Submission;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/** One event loop's way into the ring and back: it publishes into the ring, and drains a queue of its own answers. */
final class RingLane implements Lane {
    private final RingBuffer<CommandSlot> ring;
    private final ParkingWaitStrategy waitStrategy;
    private final Admission admission;
    private final Executor eventLoop;
    private final AnswerHandler handler;
    private final int inFlightMax;
    private final OneToOneConcurrentArrayQueue<Exchange> answers;
    private final AtomicBoolean isDrainScheduled = new AtomicBoolean();
    private final Runnable drain = this::drain;

    /** The event loop's own: exchanges that the pipeline has, never above {@code inFlightMax}. */
    private int inFlight;

    private boolean isUnflushed;

    /** The writer's own: whether answers were queued since the event loop was last told. */
    private boolean isUnannounced;

    RingLane(
            final RingBuffer<CommandSlot> ring,
            final ParkingWaitStrategy waitStrategy,
            final Admission admission,
            final Executor eventLoop,
            final AnswerHandler handler,
            final int inFlightMax) {
        this.ring = ring;
        this.waitStrategy = waitStrategy;
        this.admission = admission;
        this.eventLoop = eventLoop;
        this.handler = handler;
        this.inFlightMax = inFlightMax;
        this.answers = new OneToOneConcurrentArrayQueue<>(inFlightMax);
    }

    @Override
    public Submission submit(final Exchange exchange) {
        final Submission admitted = admission.admit(exchange);
        if (admitted != Submission.ACCEPTED) {
            return admitted;
        }
        if (inFlight == inFlightMax) {
            return Submission.OVERLOADED;
        }
        final long slot;
        try {
            slot = ring.tryNext();
        } catch (final InsufficientCapacityException e) {
            return Submission.OVERLOADED;
        }
        ring.get(slot).set(this, exchange);
        ring.publish(slot);
        inFlight++;
        isUnflushed = true;
        return Submission.ACCEPTED;
    }

    @Override
    public void flush() {
        if (isUnflushed) {
            isUnflushed = false;
            waitStrategy.wakeUp();
        }
    }

    /**
     * For the writer: queues a completed exchange. There is room: no more are in flight than the queue holds.
     *
     * @return whether it is the first since the event loop was told
     */
    boolean answer(final Exchange exchange) {
        if (!answers.offer(exchange)) {
            throw new IllegalStateException("more answers than exchanges in flight");
        }
        final boolean isFirst = !isUnannounced;
        isUnannounced = true;
        return isFirst;
    }

    /** For the writer: tells the event loop of what was queued, with one task however much it is. */
    void announce() {
        isUnannounced = false;
        if (isDrainScheduled.compareAndSet(false, true)) {
            try {
                eventLoop.execute(drain);
            } catch (final RejectedExecutionException e) {
                // The event loop has ended, and whoever asked on it is gone: the verdicts stand, nobody hears them.
                isDrainScheduled.set(false);
            }
        }
    }

    /** Completes once every submission that was under way on the event loop has ended. */
    CompletableFuture<Void> passed() {
        try {
            return CompletableFuture.runAsync(() -> {}, eventLoop);
        } catch (final RejectedExecutionException e) {
            return CompletableFuture.completedFuture(null);
        }
    }

    private void drain() {
        isDrainScheduled.set(false);
        for (Exchange exchange = answers.poll(); exchange != null; exchange = answers.poll()) {
            inFlight--;
            handler.onAnswer(exchange);
        }
        handler.onPassEnd();
    }
}
