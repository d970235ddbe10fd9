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
import java.util.function.Consumer;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/** One event loop's way into the ring and back: it publishes into the ring, and drains a queue of its own answers. */
final class RingLane implements Lane {
    private final RingBuffer<CommandSlot> ring;
    private final ParkingWaitStrategy waitStrategy;
    private final Admission admission;
    private final Executor eventLoop;
    private final AnswerHandler handler;
    private final int inFlightMax;
    private final Consumer<Throwable> onFailure;
    private final OneToOneConcurrentArrayQueue<Exchange> answers;
    private final AtomicBoolean isDrainScheduled = new AtomicBoolean();
    private final Runnable drain = this::drain;

    /** The event loop's own: exchanges that the pipeline has, never above {@code inFlightMax}. */
    private int inFlight;

    private boolean isUnflushed;

    /** The writer's own: whether answers were queued since the event loop was last told. */
    private boolean isUnannounced;

    RingLane(
            final Ring ring,
            final Executor eventLoop,
            final AnswerHandler handler,
            final int inFlightMax,
            final Consumer<Throwable> onFailure) {
        this.ring = ring.buffer();
        this.waitStrategy = ring.waitStrategy();
        this.admission = ring.admission();
        this.eventLoop = eventLoop;
        this.handler = handler;
        this.inFlightMax = inFlightMax;
        this.onFailure = onFailure;
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

    /** For the writer: whether answers were queued since the event loop was last told. */
    boolean isUnannounced() {
        return isUnannounced;
    }

    /** For the writer: queues a completed exchange. There is room: no more are in flight than the queue holds. */
    void answer(final Exchange exchange) {
        if (!answers.offer(exchange)) {
            throw new IllegalStateException("more answers than exchanges in flight");
        }
        isUnannounced = true;
    }

    /**
     * For the writer: tells the event loop of what was queued, with one task however much it is.
     *
     * <p>Both sides swap the flag, so that one of them reads what the other wrote: either the drain that is to come sees
     * all that was queued before, or another one is scheduled.
     */
    void announce() {
        if (!isDrainScheduled.getAndSet(true)) {
            try {
                eventLoop.execute(drain);
            } catch (final RejectedExecutionException e) {
                // The event loop has ended, and whoever asked on it is gone: the verdicts stand, nobody hears them.
                isDrainScheduled.set(false);
            } catch (final Throwable e) {
                isDrainScheduled.set(false);
                throw e;
            }
        }
        isUnannounced = false;
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
        isDrainScheduled.getAndSet(false);
        for (Exchange exchange = answers.poll(); exchange != null; exchange = answers.poll()) {
            inFlight--;
            give(exchange);
        }
        try {
            handler.onPassEnd();
        } catch (final Throwable failure) {
            onFailure.accept(failure);
        }
    }

    /** A handler that throws halts the process; those behind hear their answers before. */
    private void give(final Exchange exchange) {
        try {
            handler.onAnswer(exchange);
        } catch (final Throwable failure) {
            onFailure.accept(failure);
        }
    }
}
