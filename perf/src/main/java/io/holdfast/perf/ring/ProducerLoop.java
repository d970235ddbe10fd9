package io.holdfast.perf.ring;

import io.holdfast.gateway.sequencer.AnswerHandler;
import io.holdfast.gateway.sequencer.Exchange;
import io.holdfast.gateway.sequencer.Lane;
import io.holdfast.gateway.sequencer.Sequencer;
import io.holdfast.gateway.sequencer.Submission;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;

/**
 * An event loop in all that matters to the pipeline: it submits what one pass brought, wakes the writer once, runs the
 * tasks that it was given, and sleeps when there is neither.
 *
 * <p>Open loop: what is due at its time is submitted as soon as the loop gets to it, and its latency counts from when it
 * was due, so that a stall is seen by all that fell due in it. A command for which there is no room is refused, and
 * counted. Saturated: a new command for each answer, due when it is submitted.
 *
 * <p>Runs from {@link #start} until {@link #end}; the tickets, the commands and the record are its thread's own until
 * {@link #isDone} has completed.
 */
final class ProducerLoop implements Runnable, Executor, AnswerHandler {
    /** Commands that one pass submits at most before it looks at answers: an event loop reads no more at a time. */
    private static final int PASS_MAX = 256;

    private static final int TASKS_MAX = 64;
    private static final long IDLE_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ProducerPlan plan;
    private final HoldCommands commands;
    private final ArrayDeque<Ticket> free;
    private final ManyToOneConcurrentArrayQueue<Runnable> tasks = new ManyToOneConcurrentArrayQueue<>(TASKS_MAX);
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Thread thread;
    private final Lane lane;

    private final Verdicts verdicts = new Verdicts();
    private final Latencies latencies = new Latencies();
    private final Timeline timeline;
    private long refused;
    private long journalFull;
    private int inFlight;

    /** Commands of the open loop that fell due so far. */
    private long fallenDue;

    /** Whether the last command found the journal without room. */
    private boolean isJournalFull;

    private volatile boolean isParked;
    private volatile boolean isEnded;

    ProducerLoop(final Sequencer sequencer, final ProducerPlan plan) {
        this.plan = plan;
        this.commands = new HoldCommands(plan.load().mix(), plan.number());
        this.free = new ArrayDeque<>(plan.inFlightMax());
        for (int i = 0; i < plan.inFlightMax(); i++) {
            free.add(new Ticket());
        }
        this.timeline = new Timeline(plan.endNs() - plan.measureNs());
        this.thread = new Thread(this, "ring-producer-" + plan.number());
        this.lane = sequencer.openLane(this, this, plan.inFlightMax());
    }

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        try {
            while (!isEnded) {
                final boolean hasWorked = runTasks() | submit();
                lane.flush();
                if (!done.isDone() && inFlight == 0 && hasAllSubmitted()) {
                    done.complete(null);
                }
                if (!hasWorked) {
                    idle();
                }
            }
        } catch (final Throwable failure) {
            done.completeExceptionally(failure);
        }
    }

    private boolean runTasks() {
        boolean hasRun = false;
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
            hasRun = true;
        }
        return hasRun;
    }

    private boolean submit() {
        return plan.load().isSaturated() ? submitFree() : submitDue();
    }

    private boolean submitFree() {
        if (hasAllSubmitted()) {
            return false;
        }
        int submitted = 0;
        while (submitted < PASS_MAX && !free.isEmpty() && submitOne(System.nanoTime())) {
            submitted++;
        }
        return submitted > 0;
    }

    private boolean submitDue() {
        final long nowNs = System.nanoTime();
        int submitted = 0;
        while (submitted < PASS_MAX && !hasAllSubmitted() && plan.dueNs(fallenDue) - nowNs <= 0) {
            final long dueNs = plan.dueNs(fallenDue++);
            if (free.isEmpty() || !submitOne(dueNs)) {
                refused++;
            }
            submitted++;
        }
        return submitted > 0;
    }

    /** Returns false when there was no room: nothing happened. */
    private boolean submitOne(final long dueNs) {
        final Ticket ticket = free.pollLast();
        commands.encodeNext(ticket.exchange());
        ticket.dueNs = dueNs;
        ticket.submittedNs = plan.load().isSaturated() ? dueNs : System.nanoTime();
        final Submission submission = lane.submit(ticket.exchange());
        if (submission == Submission.ACCEPTED) {
            inFlight++;
            isJournalFull = false;
            return true;
        }
        free.addLast(ticket);
        if (submission == Submission.UNAVAILABLE) {
            throw new IllegalStateException("the pipeline has ended in the middle of a round");
        }
        if (submission == Submission.JOURNAL_FULL) {
            // Saturated, the loop asks again and again: an occasion is counted once.
            journalFull += plan.load().isSaturated() && isJournalFull ? 0 : 1;
            isJournalFull = true;
        }
        return false;
    }

    private boolean hasAllSubmitted() {
        return plan.load().isSaturated()
                ? System.nanoTime() - plan.endNs() >= 0
                : plan.dueNs(fallenDue) - plan.endNs() >= 0;
    }

    @Override
    public void onAnswer(final Exchange exchange) {
        final Ticket ticket = (Ticket) exchange.context();
        final long nowNs = System.nanoTime();
        verdicts.count(exchange);
        timeline.add(nowNs - plan.measureNs(), nowNs - ticket.dueNs);
        if (exchange.isAnswered() && ticket.dueNs - plan.measureNs() >= 0) {
            latencies.addTotal(nowNs - ticket.dueNs);
            if (plan.load().isStaged()) {
                latencies.addStages(ticket, nowNs);
            }
        }
        inFlight--;
        free.addLast(ticket);
    }

    /** Saturated, nothing is due at a time: to look on would take a processor from those that it waits for. */
    private void idle() {
        if (plan.producerWait() == ProducerWait.SPIN && !plan.load().isSaturated()) {
            Thread.onSpinWait();
            return;
        }
        isParked = true;
        try {
            final long waitNs = plan.load().isSaturated() || hasAllSubmitted()
                    ? IDLE_WAIT_NS
                    : plan.dueNs(fallenDue) - System.nanoTime();
            // Whoever adds a task does so before looking whether the loop sleeps: one of the two sees the other.
            if (tasks.isEmpty() && !isEnded && waitNs > 0) {
                LockSupport.parkNanos(this, Math.min(waitNs, IDLE_WAIT_NS));
            }
        } finally {
            isParked = false;
        }
    }

    /** Any thread: gives the loop a task. */
    @Override
    public void execute(final Runnable task) {
        if (!tasks.offer(task)) {
            throw new IllegalStateException("more than " + TASKS_MAX + " tasks wait for producer " + plan.number());
        }
        if (isParked) {
            LockSupport.unpark(thread);
        }
    }

    /** Completes once everything was submitted and answered; with what the loop died of, if it did. */
    CompletableFuture<Void> isDone() {
        return done;
    }

    /** Lets the thread end, and waits for it. */
    void end() throws InterruptedException {
        isEnded = true;
        LockSupport.unpark(thread);
        thread.join();
    }

    Verdicts verdicts() {
        return verdicts;
    }

    Latencies latencies() {
        return latencies;
    }

    Timeline timeline() {
        return timeline;
    }

    /** Commands that found no room, in the ring or in the journal; none at saturation, which waits for room. */
    long refused() {
        return refused;
    }

    /** Commands, or at saturation occasions, for which the journal had no segment ready. */
    long journalFull() {
        return journalFull;
    }

    /** Commands that are still to be answered. */
    int inFlight() {
        return inFlight;
    }
}
