package io.holdfast.gateway.pipeline;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import io.holdfast.core.Answer;
import io.holdfast.core.message.ExpireHoldsEncoder;
import io.holdfast.core.message.MessageHeaderEncoder;
import io.holdfast.gateway.sequencer.Exchange;
import io.holdfast.journal.Journal;
import io.holdfast.journal.JournalFullException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The one thread that owns all stock: takes what gathered in the ring, decides it, commits, answers.
 *
 * <p>Each {@link #step()} is one turn of that wheel and waits at its beginning only. Whatever is thrown ends the thread:
 * admission closes, everybody who waits is told that the outcome is unknown, and the failure goes to the halt handler.
 */
final class SingleWriter implements Runnable {
    private static final long IDLE_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final RingBuffer<CommandSlot> ring;
    private final SequenceBarrier barrier;
    private final Sequence consumed;
    private final ParkingWaitStrategy waitStrategy;
    private final Journal journal;
    private final Decider decider;
    private final Responder responder;
    private final StockImages images;
    private final CommitPacer pacer;
    private final Admission admission;
    private final Consumer<Throwable> onFailure;
    private final UnsafeBuffer expireHolds = new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH]);
    private final Answer unused = new Answer();

    private volatile boolean isStopping;
    private volatile long steps;
    private volatile boolean isRunning;

    SingleWriter(
            final Ring ring,
            final Journal journal,
            final Decider decider,
            final StockImages images,
            final CommitPacer pacer,
            final Consumer<Throwable> onFailure) {
        this.ring = ring.buffer();
        this.barrier = ring.barrier();
        this.consumed = ring.consumed();
        this.waitStrategy = ring.waitStrategy();
        this.admission = ring.admission();
        this.journal = journal;
        this.decider = decider;
        this.responder = new Responder(journal);
        this.images = images;
        this.pacer = pacer;
        this.onFailure = onFailure;
        new ExpireHoldsEncoder().wrapAndApplyHeader(expireHolds, 0, new MessageHeaderEncoder());
    }

    @Override
    public void run() {
        isRunning = true;
        try {
            waitStrategy.bind();
            while (!isStopping || ring.getCursor() != consumed.get()) {
                step();
            }
            commitAndRespond();
            isRunning = false;
        } catch (final Throwable failure) {
            isRunning = false;
            fail(failure);
        }
    }

    /** Waits for work, then decides, commits and answers it. */
    void step() throws InterruptedException, AlertException, TimeoutException {
        final long available = awaitWork();
        steps = steps + 1;
        for (long slot = consumed.get() + 1; slot <= available; slot++) {
            take(ring.get(slot));
            consumed.set(slot);
        }
        if (decider.isAnythingDue()) {
            expire();
        }
        commitAndRespond();
        images.publishIfDue();
    }

    private long awaitWork() throws InterruptedException, AlertException, TimeoutException {
        final long nowNs = System.nanoTime();
        final long napNs = isStopping ? 0 : pacer.napNs(nowNs);
        if (napNs > 0) {
            LockSupport.parkNanos(this, napNs);
        }
        final long dueNs = TimeUnit.MILLISECONDS.toNanos(decider.untilDueMs());
        final long waitNs = Math.min(images.untilDueNs(nowNs), Math.min(dueNs, IDLE_WAIT_NS));
        waitStrategy.deadlineNs(nowNs + napNs + waitNs);
        return barrier.waitFor(consumed.get() + 1);
    }

    /** The slot keeps its exchange until that is in other hands: whatever throws on the way, {@link #fail} finds it. */
    private void take(final CommandSlot slot) {
        final Exchange exchange = slot.exchange();
        final RingLane lane = slot.lane();
        if (responder.isFull()) {
            commitAndRespond();
        }
        if (exchange.isQuery()) {
            decider.query(exchange.message(), exchange.answer());
            responder.hold(lane, exchange);
        } else if (decide(exchange)) {
            responder.hold(lane, exchange);
        } else {
            exchange.complete(false);
            lane.answer(exchange);
            lane.announce();
        }
        slot.clear();
    }

    /** Returns false when the journal has no room: nothing happened, and the disk is full. */
    private boolean decide(final Exchange exchange) {
        try {
            if (!decider.decide(exchange.message(), exchange.messageLength(), exchange.answer())) {
                commitAndRespond();
                return decider.decide(exchange.message(), exchange.messageLength(), exchange.answer());
            }
            return true;
        } catch (final JournalFullException e) {
            return false;
        }
    }

    private void expire() {
        try {
            if (!decider.decide(expireHolds, expireHolds.capacity(), unused)) {
                commitAndRespond();
                decider.decide(expireHolds, expireHolds.capacity(), unused);
            }
        } catch (final JournalFullException e) {
            // What is due stays due, and is emitted once there is room again.
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private void commitAndRespond() {
        final int records = journal.pendingRecords();
        if (records > 0) {
            journal.commit();
            pacer.onCommit(records, System.nanoTime());
        }
        if (!responder.isEmpty()) {
            responder.respond(decider.sequence());
        }
    }

    private void fail(final Throwable failure) {
        admission.close();
        try {
            responder.fail();
            for (long slot = consumed.get() + 1; slot <= ring.getCursor() && ring.isAvailable(slot); slot++) {
                final CommandSlot left = ring.get(slot);
                left.exchange().complete(false);
                left.lane().answer(left.exchange());
                left.lane().announce();
                consumed.set(slot);
            }
        } catch (final Throwable suppressed) {
            failure.addSuppressed(suppressed);
        }
        onFailure.accept(failure);
    }

    /** Lets the thread end once the ring is empty; admission must be closed, and no submission under way. */
    void stop() {
        isStopping = true;
        waitStrategy.wakeUp();
    }

    /** Grows with each step: what a watchdog looks at. */
    long steps() {
        return steps;
    }

    boolean isRunning() {
        return isRunning;
    }
}
