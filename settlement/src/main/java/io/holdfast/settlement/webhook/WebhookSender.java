package io.holdfast.settlement.webhook;

import io.holdfast.settlement.follow.Follower;
import io.holdfast.settlement.follow.FollowerException;
import io.holdfast.settlement.follow.FollowerStatus;
import io.holdfast.settlement.follow.FollowerStatus.Condition;
import io.holdfast.settlement.webhook.Result.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the outbox to its target: claims what is due, sends it, writes back what became of it.
 *
 * <p>At least once: a result that was not written, because this or Postgres died, leaves its message to be sent again under
 * the same id when its lease ends. In order per subject: a message is claimed only when all before it are delivered or given
 * up. At most {@link Pace#inFlightMax} requests are under way; a target that fails several times in a row is only probed.
 * Several senders may run on one outbox.
 */
public final class WebhookSender implements Follower {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);

    /** So long a step waits for requests under way: what a message that becomes due meanwhile waits at most. */
    private static final long WAIT_MS = 20;

    private static final long WAIT_NS = TimeUnit.MILLISECONDS.toNanos(WAIT_MS);
    private static final long UPKEEP_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long UPKEEP_BEHIND_NS = TimeUnit.SECONDS.toNanos(1);

    private final Pace pace;
    private final Outbox outbox;
    private final Target target;
    private final Circuit circuit;
    private final Judge judge;
    private final WebhookFigures figures = new WebhookFigures();

    /** Attempts that ended, from the client's threads; no more than are under way. */
    private final LinkedBlockingQueue<Attempt> ended = new LinkedBlockingQueue<>();

    /** A claimed message is in one of these, or in {@link #results}. */
    private final Deque<Message> waiting = new ArrayDeque<>();

    private final Set<Attempt> underWay = new HashSet<>();

    /** Put off by a claim, and not looked at again yet. */
    private final List<Outbox.PutOff> putOff = new ArrayList<>();

    /** Not written yet; nothing is started before these are. */
    private final List<Result> results = new ArrayList<>();

    private long nextClaimNs = System.nanoTime();
    private long nextUpkeepNs = System.nanoTime();

    private volatile FollowerStatus status = new FollowerStatus(0, 0, Condition.STARTING, "");

    /** @param source its connections need a limit on connecting; on answers they are given one here */
    public WebhookSender(final DataSource source, final WebhookConfig config) {
        this(source, config, Pace.DEFAULT);
    }

    WebhookSender(final DataSource source, final WebhookConfig config, final Pace pace) {
        this.pace = pace;
        this.outbox = new Outbox(source);
        this.target = new Target(config, pace, ended::add);
        this.circuit = new Circuit(pace);
        this.judge = new Judge(
                circuit, new RetrySchedule(() -> ThreadLocalRandom.current().nextDouble()));
    }

    @Override
    public String name() {
        return "webhook";
    }

    public WebhookFigures figures() {
        return figures;
    }

    /** A target that is away is told in the detail; sequence and time mean nothing here. */
    @Override
    public FollowerStatus status() {
        return status;
    }

    @Override
    public boolean step() throws FollowerException, InterruptedException {
        try {
            return claimAndSend();
        } catch (final FollowerException e) {
            status = new FollowerStatus(0, 0, Condition.AWAY, e.getMessage());
            throw e;
        }
    }

    private boolean claimAndSend() throws FollowerException, InterruptedException {
        takeEnded();
        writeResults();
        releaseWhatCannotStart();
        final boolean isMore = claimDue() | freeNewHeads();
        startWaiting();
        keepUp();
        showStatus();
        if (underWay.isEmpty()) {
            return isMore && !circuit.isOpen();
        }
        final Attempt first = ended.poll(WAIT_MS, TimeUnit.MILLISECONDS);
        if (first != null) {
            take(first);
        }
        return true;
    }

    private void takeEnded() {
        final long nowNs = System.nanoTime();
        for (final Attempt attempt : List.copyOf(underWay)) {
            attempt.breakOffWhenLate(nowNs);
        }
        for (Attempt attempt = ended.poll(); attempt != null; attempt = ended.poll()) {
            take(attempt);
        }
    }

    private void take(final Attempt attempt) {
        final boolean wasOpen = circuit.isOpen();
        underWay.remove(attempt);
        results.add(judge.judge(attempt, System.nanoTime()));
        figures.inFlight(underWay.size());
        figures.targetAway(circuit.isOpen());
        if (!wasOpen && circuit.isOpen()) {
            LOG.warn("The webhook target takes no messages, and is only probed now: {}", attempt.failure());
        } else if (wasOpen && !circuit.isOpen()) {
            LOG.info("The webhook target takes messages again");
        }
    }

    private void writeResults() throws FollowerException {
        if (results.isEmpty()) {
            return;
        }
        final Map<Status, Integer> counts = outbox.write(results);
        final int dead = counts.getOrDefault(Status.DEAD, 0);
        figures.onDelivered(counts.getOrDefault(Status.DELIVERED, 0));
        figures.onFailed(counts.getOrDefault(Status.PENDING, 0) + dead);
        figures.onDead(dead);
        if (dead > 0) {
            final Result last = results.stream()
                    .filter(result -> result.status() == Status.DEAD)
                    .reduce(results.get(0), (before, result) -> result);
            LOG.warn(
                    "{} webhooks are given up, the last is {} in the outbox: {}",
                    dead,
                    last.message().id(),
                    last.error());
        }
        results.clear();
    }

    /** While the target is away, and when the lease might end before the request does. */
    private void releaseWhatCannotStart() throws FollowerException {
        final List<Message> released = waiting.stream()
                .filter(message -> circuit.isOpen() || !mayStart(message))
                .toList();
        if (!released.isEmpty()) {
            outbox.release(released);
            waiting.removeAll(released);
        }
    }

    private boolean mayStart(final Message message) {
        return System.nanoTime() - message.claimedNs() <= TimeUnit.MILLISECONDS.toNanos(pace.startWithinMs());
    }

    /** Whether more may be due than was claimed. */
    private boolean claimDue() throws FollowerException {
        final long nowNs = System.nanoTime();
        final int permits = circuit.permits(nowNs, underWay.size());
        if (permits == 0 || waiting.size() >= pace.inFlightMax() || nowNs - nextClaimNs < 0) {
            return false;
        }
        final int messagesMax = circuit.isOpen() ? permits : OutboxSql.LOOKED_AT_MAX - waiting.size();
        final Outbox.Claim claim = outbox.claim(messagesMax, pace.leaseMs());
        waiting.addAll(claim.messages());
        putOff.addAll(claim.others());
        nextClaimNs = claim.isMore() ? nowNs : nowNs + WAIT_NS;
        return claim.isMore();
    }

    /** Whether any message may be claimed after all; what fails is tried again with the next step. */
    private boolean freeNewHeads() throws FollowerException {
        final boolean isAnyFreed = !putOff.isEmpty() && outbox.freeNewHeads(putOff);
        putOff.clear();
        if (isAnyFreed) {
            nextClaimNs = System.nanoTime();
        }
        return isAnyFreed;
    }

    private void startWaiting() {
        int permits = circuit.permits(System.nanoTime(), underWay.size());
        while (permits > 0 && !waiting.isEmpty() && mayStart(waiting.peek())) {
            start(waiting.remove());
            permits--;
        }
        figures.inFlight(underWay.size());
    }

    private void start(final Message message) {
        try {
            underWay.add(target.send(message, circuit.isOpen()));
        } catch (final IllegalArgumentException e) {
            results.add(Result.dead(message, "cannot be sent: " + e.getMessage()));
        }
    }

    private void keepUp() throws FollowerException {
        final long nowNs = System.nanoTime();
        if (nowNs - nextUpkeepNs < 0) {
            return;
        }
        figures.backlog(outbox.measure());
        nextUpkeepNs = nowNs + (outbox.prune() ? UPKEEP_BEHIND_NS : UPKEEP_NS);
    }

    private void showStatus() {
        final String detail = circuit.isOpen() ? "the webhook target takes no messages, and is only probed" : "";
        if (status.condition() != Condition.FOLLOWING || !status.detail().equals(detail)) {
            status = new FollowerStatus(0, 0, Condition.FOLLOWING, detail);
        }
    }

    /**
     * Breaks off what is under way: whether it arrived nobody knows, so it is sent again when its lease ends. What was not
     * started is given back.
     */
    @Override
    public void close() {
        takeEnded();
        try {
            writeResults();
            if (!waiting.isEmpty()) {
                outbox.release(List.copyOf(waiting));
            }
        } catch (final FollowerException e) {
            LOG.info("Some webhooks are sent again later: {}", e.getMessage());
        }
        underWay.forEach(Attempt::breakOff);
        target.close();
    }
}
