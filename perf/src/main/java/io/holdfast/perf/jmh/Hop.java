package io.holdfast.perf.jmh;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.WaitStrategy;
import io.holdfast.gateway.pipeline.ParkingWaitStrategy;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** A raw Disruptor ring of numbers with one consumer, which is a thread of its own or the caller. */
final class Hop {
    /** A preallocated place in the ring. */
    private static final class Slot {
        private long value;
    }

    private static final int RING_SIZE = 65_536;
    private static final long NO_DEADLINE_NS = TimeUnit.DAYS.toNanos(1);

    private final RingBuffer<Slot> ring;

    /** Null for the Disruptor's own strategies, which publishing signals. */
    private final ParkingWaitStrategy parking;

    private BatchEventProcessor<Slot> consumer;
    private SequenceBarrier barrier;
    private Thread thread;

    Hop(final Waiting waiting, final Producers producers) {
        final WaitStrategy strategy = waiting.newStrategy();
        ring = RingBuffer.create(producers.type(), Slot::new, RING_SIZE, strategy);
        parking = strategy instanceof ParkingWaitStrategy own ? own : null;
    }

    /** Has a thread of its own give every value to the handler. */
    void start(final LongConsumer handler) {
        consumer = new BatchEventProcessorBuilder().build(ring, ring.newBarrier(), new EventHandler<Slot>() {
            @Override
            public void onStart() {
                bind();
            }

            @Override
            public void onEvent(final Slot slot, final long sequence, final boolean isEndOfBatch) {
                handler.accept(slot.value);
            }
        });
        ring.addGatingSequences(consumer.getSequence());
        thread = new Thread(consumer, "hop-consumer");
        thread.setDaemon(true);
        thread.start();
    }

    /** Makes the calling thread the consumer. */
    void consumeHere() {
        barrier = ring.newBarrier();
        bind();
    }

    private void bind() {
        if (parking != null) {
            parking.bind();
            parking.deadlineNs(System.nanoTime() + NO_DEADLINE_NS);
        }
    }

    /** Publishes; who wakes the consumer up is {@link #flush}, where publishing does not. */
    void publish(final long value) {
        final long sequence = ring.next();
        ring.get(sequence).value = value;
        ring.publish(sequence);
    }

    /** What an event loop does at the end of a pass. */
    void flush() {
        if (parking != null) {
            // A ring of a single producer moves its cursor without a fence, and the wake-up would miss a consumer that
            // parks.
            VarHandle.fullFence();
            parking.wakeUp();
        }
    }

    /** Waits for the next value; for the thread that consumes here. */
    long await(final long sequence) {
        try {
            while (barrier.waitFor(sequence) < sequence) {
                // A strategy with a deadline comes back without.
            }
            return ring.get(sequence).value;
        } catch (final AlertException | TimeoutException e) {
            throw new IllegalStateException("nothing alerts this barrier", e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Whether the consumer has dealt with all that was published. */
    boolean isDrained() {
        return consumer.getSequence().get() == ring.getCursor();
    }

    void stop() throws InterruptedException {
        consumer.halt();
        flush();
        thread.join();
    }
}
