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

    /** How often the writer looks at a slot that is claimed and not yet published before it lets go of the processor. */
    private static final int CLAIMED_LOOKS = 200;

    private static final long CLAIMED_WAIT_NS = TimeUnit.MICROSECONDS.toNanos(20);

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
    private final Runnable awaitLanes;
    private final UnsafeBuffer expireHolds = new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH]);
    private final Answer unused = new Answer();

    private WriterProbe probe = new WriterProbe();

    private volatile boolean isStopping;

    /** Odd from when there is work until it is answered. */
    private volatile long steps;

    /**
     * Prepares a writer.
     *
     * @param onFailure told once why the thread ended, when it was not stopped
     * @param awaitLanes returns once every submission that was under way has ended, or after a while
     */
    SingleWriter(
            final Ring ring,
            final Journal journal,
            final Decider decider,
            final StockImages images,
            final CommitPacer pacer,
            final Consumer<Throwable> onFailure,
            final Runnable awaitLanes) {
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
        this.awaitLanes = awaitLanes;
        new ExpireHoldsEncoder().wrapAndApplyHeader(expireHolds, 0, new MessageHeaderEncoder());
    }

    /** Set before the thread starts. */
    void probe(final WriterProbe newProbe) {
        probe = newProbe;
    }

    @Override
    public void run() {
        try {
            waitStrategy.bind();
            while (!isStopping || ring.getCursor() != consumed.get()) {
                step();
            }
        } catch (final Throwable failure) {
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
        steps = steps + 1;
    }

    private long awaitWork() throws InterruptedException, AlertException, TimeoutException {
        final long nowNs = System.nanoTime();
        final long napNs = isStopping ? 0 : pacer.napNs(nowNs);
        if (napNs > 0) {
            LockSupport.parkNanos(this, napNs);
        }
        final long dueNs = TimeUnit.MILLISECONDS.toNanos(decider.untilDueMs());
        final long waitNs = Math.min(images.untilDueNs(), Math.min(dueNs, IDLE_WAIT_NS));
        waitStrategy.deadlineNs(nowNs + napNs + waitNs);
        final long wanted = consumed.get() + 1;
        final long available = barrier.waitFor(wanted);
        if (available < wanted && ring.getCursor() >= wanted) {
            awaitClaimed(wanted);
        }
        return available;
    }

    /**
     * Lets the event loop go on that was interrupted between its claim and its publishing: the wait strategy sees the
     * claim and does not wait, and to look on would keep busy the processor which that event loop may need.
     */
    private void awaitClaimed(final long slot) {
        for (int i = 0; i < CLAIMED_LOOKS && !ring.isAvailable(slot); i++) {
            Thread.onSpinWait();
        }
        if (!ring.isAvailable(slot)) {
            LockSupport.parkNanos(this, CLAIMED_WAIT_NS);
        }
    }

    /** The slot keeps its exchange until that is in other hands: whatever throws on the way, {@link #fail} finds it. */
    private void take(final CommandSlot slot) {
        final Exchange exchange = slot.exchange();
        final RingLane lane = slot.lane();
        if (responder.isFull()) {
            commitAndRespond();
        }
        probe.onTaken(exchange);
        if (exchange.isQuery()) {
            decider.query(exchange.message(), exchange.answer());
            responder.hold(lane, exchange);
        } else if (decide(exchange)) {
            responder.hold(lane, exchange);
        } else {
            responder.holdUndecided(lane, exchange);
        }
        slot.clear();
        probe.onDecided(exchange);
    }

    /** Returns false when the journal has no room: nothing happened, and the disk is full. */
    private boolean decide(final Exchange exchange) {
        try {
            if (!decider.decide(exchange.message(), exchange.messageLength(), exchange.answer())) {
                commitAndRespond();
                probe.onTaken(exchange);
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
            probe.onCommitBegin();
            journal.commit();
            probe.onCommitEnd();
            pacer.onCommit(records, System.nanoTime());
        }
        if (!responder.isEmpty()) {
            responder.respond(decider.sequence());
        }
    }

    /**
     * Tells everybody, has the process halt, and then tells those who had been admitted before and published only now.
     * Memory may be short: whatever is thrown on the way, the halt comes.
     */
    private void fail(final Throwable failure) {
        admission.close();
        try {
            tellUnknown();
        } finally {
            onFailure.accept(failure);
            awaitLanes.run();
            tellUnknown();
        }
    }

    /** Hands back all that was decided and all that is in the ring, as unknown. What threw can be called again. */
    private void tellUnknown() {
        final long last = ring.getCursor();
        for (long slot = consumed.get() + 1; slot <= last; slot++) {
            if (responder.isFull()) {
                responder.fail();
            }
            if (ring.isAvailable(slot) && ring.get(slot).exchange() != null) {
                final CommandSlot left = ring.get(slot);
                responder.hold(left.lane(), left.exchange());
                left.clear();
            }
        }
        responder.fail();
    }

    /** Lets the thread end once the ring is empty; admission must be closed, and no submission under way. */
    void stop() {
        isStopping = true;
        waitStrategy.wakeUp();
    }

    /** Grows with each step, odd in the middle of one: what a watchdog looks at. */
    long steps() {
        return steps;
    }
}
