package io.holdfast.settlement.state;

import io.holdfast.journal.JournalFiles;
import io.holdfast.journal.JournalRefusedException;
import io.holdfast.journal.Retention;
import io.holdfast.journal.SnapshotMeta;
import io.holdfast.journal.SnapshotStore;
import io.holdfast.settlement.follow.Follower;
import io.holdfast.settlement.follow.FollowerException;
import io.holdfast.settlement.follow.FollowerStatus;
import io.holdfast.settlement.follow.FollowerStatus.Condition;
import io.holdfast.settlement.follow.LogRate;
import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.log.HistoryTrimmedException;
import io.holdfast.settlement.log.UncheckedLogException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a copy of the state of its own, and writes snapshots of it: when the {@link SnapshotPolicy} says so, when
 * somebody asks, and when it ends in order. After each it keeps two, and has old segments taken away. The core never
 * pauses for any of this. A disk that refuses a snapshot is tried again later and later, and following goes on meanwhile.
 *
 * <p>Stepped by its thread; {@link #snapshotNow}, {@link #status} and the figures are for any.
 */
public final class SnapshotFollower implements Follower {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFollower.class);
    private static final int RECORDS_PER_STEP = 4_096;

    /** After so many, some 0.2 ms, whoever waits for the processor may have it: a turn of the kernel's is several ms. */
    private static final int RECORDS_PER_BITE = 64;

    private final CommittedLog log;
    private final SnapshotPolicy policy;
    private final Retention retention;
    private final SnapshotStore store;
    private final StateRecovery recovery;
    private final SnapshotMaker maker;
    private final Ending ending = new Ending();
    private final LogRate rate = new LogRate();
    private final SnapshotRequests requests = new SnapshotRequests();
    private final Backoff snapshotBackoff = new Backoff(System::nanoTime);
    private final Backoff trimBackoff = new Backoff(System::nanoTime);

    /** Null before the first step, and when it must begin again. */
    private StateCopy copy;

    private boolean isReaderBroken;
    private boolean isTrimDue;
    private boolean hasTriedLast;

    /** Since the newest snapshot: records, and the position to count bytes from. */
    private long recordsSince;

    private long positionBefore;

    private volatile SnapshotMeta newest;
    private volatile Condition condition = Condition.STARTING;
    private volatile String snapshotFault = "";
    private volatile String trimFault = "";
    private volatile String logFault = "";
    private volatile long sequence;
    private volatile long timeMs;
    private volatile long snapshotCount;
    private volatile long failureCount;
    private volatile long lastDurationNs;

    /**
     * A follower that has read nothing yet.
     *
     * @param dataDirectory the journal's
     * @param hashSeed of the core's indexes
     */
    public SnapshotFollower(
            final CommittedLog log,
            final Path dataDirectory,
            final JournalFiles files,
            final SnapshotPolicy policy,
            final Retention retention,
            final long hashSeed) {
        this.log = Objects.requireNonNull(log, "log");
        this.policy = Objects.requireNonNull(policy, "policy");
        this.retention = Objects.requireNonNull(retention, "retention");
        this.store = SnapshotStore.open(dataDirectory, files, ending::check);
        this.recovery = new StateRecovery(log, hashSeed, records -> {}, ending::check);
        this.maker = new SnapshotMaker(store, log.id(), ending);
    }

    @Override
    public String name() {
        return "snapshot";
    }

    @Override
    public boolean step() throws FollowerException, InterruptedException {
        try {
            return work();
        } catch (final AbandonedException e) {
            LOG.info("what was under way after sequence {} was given up: the server stops", sequence);
            return ended();
        } catch (final UncheckedLogException | UncheckedIOException e) {
            ended();
            isReaderBroken = true;
            logFault = e.getMessage();
            throw new FollowerException(e.getMessage(), e);
        } catch (final RuntimeException e) {
            return stop(e); // an invariant that broke, or a record that this build cannot read: applied by half
        }
    }

    /** Passes on that the thread was told to end, whatever that broke. */
    private static boolean ended() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("told to end");
        }
        return false;
    }

    /** A copy that contradicts the log would do so again: somebody has to look at it, and the core goes on. */
    private boolean stop(final RuntimeException e) {
        LOG.error("no more snapshots are made, the copy of the state contradicts the log after {}", sequence, e);
        condition = Condition.STOPPED;
        logFault = "the copy of the state contradicts the log after sequence " + sequence + ": " + e.getMessage();
        requests.close(e);
        if (copy != null) {
            dropCopy();
        }
        return false;
    }

    private boolean work() throws InterruptedException {
        if (condition == Condition.STOPPED) {
            return false;
        }
        if (copy == null) {
            begin();
            return true;
        }
        if (isReaderBroken && !reopen()) {
            return true;
        }
        if (isWaiting()) {
            return false;
        }
        final int applied = advance();
        if (isSnapshotDue(applied == 0)) {
            snapshot();
            return !ending.isAsked();
        }
        return trim() || applied > 0;
    }

    private void begin() {
        condition = Condition.RESYNCING;
        final List<SnapshotMeta> snapshots = store.list();
        copy = recovery.begin();
        isReaderBroken = false;
        logFault = "";
        final long from = copy.beganAtSequence();
        // A start would not go on from them either: what the older ones need must not be taken away.
        snapshots.stream().filter(meta -> meta.sequence() > from).forEach(store::refuse);
        newest = snapshots.stream()
                .filter(meta -> meta.sequence() == from)
                .findFirst()
                .orElse(null);
        recordsSince = 0;
        positionBefore = copy.position();
        isTrimDue = true;
        condition = Condition.FOLLOWING;
        show();
    }

    /** Returns false when the log no longer reaches back to where it was: it must begin again. */
    private boolean reopen() {
        try {
            copy.reopen(log);
            isReaderBroken = false;
            logFault = "";
            return true;
        } catch (final HistoryTrimmedException e) {
            LOG.warn("begins again from the newest snapshot: {}", e.getMessage());
            dropCopy();
            return false;
        }
    }

    /** Nobody waits for the copy but who asked for a snapshot, or for the end. */
    private boolean isWaiting() {
        final long end = log.endSequence();
        final double perSecond = rate.perSecond(System.nanoTime(), end);
        return !isSomebodyWaiting() && policy.mayWait(perSecond, end - sequence);
    }

    private boolean isSomebodyWaiting() {
        return ending.isAsked() || requests.wantedSequence() >= 0;
    }

    private int advance() {
        final boolean isUrgent = isSomebodyWaiting() || policy.isFarBehind(log.endSequence() - sequence);
        int applied = 0;
        int bite = 0;
        for (int polled = 1; polled > 0 && applied < RECORDS_PER_STEP; applied += polled) {
            polled = copy.advance(RECORDS_PER_BITE - bite);
            bite += polled;
            if (bite == RECORDS_PER_BITE) {
                bite = 0;
                if (!isUrgent) {
                    Thread.yield();
                }
            }
        }
        if (applied > 0) {
            recordsSince += applied;
            show();
        }
        return applied;
    }

    private void show() {
        timeMs = copy.machine().timeMs();
        sequence = copy.machine().sequence();
    }

    private boolean isSnapshotDue(final boolean isAtEnd) {
        final SnapshotMeta last = newest;
        if (last != null) {
            requests.answer(last);
        }
        final long wanted = requests.wantedSequence();
        if (wanted >= 0 && sequence >= wanted) {
            return true;
        }
        if (ending.isAsked()) {
            return isAtEnd && recordsSince > 0 && !hasTriedLast;
        }
        return policy.isDue(recordsSince, copy.position() - positionBefore) && snapshotBackoff.allows();
    }

    private void snapshot() throws InterruptedException {
        final long startNs = System.nanoTime();
        hasTriedLast = ending.isAsked();
        try {
            final SnapshotMeta made = maker.make(copy.machine(), copy.position());
            lastDurationNs = System.nanoTime() - startNs;
            snapshotCount = snapshotCount + 1;
            newest = made;
            recordsSince = 0;
            positionBefore = made.position();
            isTrimDue = true;
            snapshotBackoff.succeeded();
            snapshotFault = "";
            LOG.info(
                    "snapshot of sequence {} after {} ms",
                    made.sequence(),
                    TimeUnit.NANOSECONDS.toMillis(lastDurationNs));
            requests.answer(made);
        } catch (final UncheckedIOException | JournalRefusedException e) {
            ended();
            failureCount = failureCount + 1;
            snapshotBackoff.failed();
            snapshotFault = "no snapshot of sequence " + sequence + ": " + e.getMessage();
            LOG.warn("{}; tried again later, what is sold is not touched", snapshotFault);
            requests.fail(e);
        }
    }

    /** Has one old segment taken away, if there is one; returns whether there may be another. */
    private boolean trim() throws InterruptedException {
        if (!isTrimDue || ending.isAsked() || !trimBackoff.allows()) {
            return false;
        }
        try {
            isTrimDue = retention.isAnyOld() && trimBelowSnapshots();
            trimBackoff.succeeded();
            trimFault = "";
        } catch (final UncheckedIOException | JournalRefusedException e) {
            ended();
            trimBackoff.failed();
            trimFault = "old segments are kept: " + e.getMessage();
            LOG.warn("{}; tried again later", trimFault);
            return false;
        }
        return isTrimDue;
    }

    private boolean trimBelowSnapshots() {
        final Optional<SnapshotMeta> older = store.oldestOf(SnapshotMaker.KEPT);
        return older.isPresent() && retention.trimOne(older.get().position());
    }

    /**
     * Asks for a snapshot that holds all that is recorded by now. Any thread.
     *
     * @return what was written: at once when nothing was recorded since the last one; exceptionally when the disk refused,
     *     the follower ends, or too many wait already
     */
    public CompletableFuture<SnapshotMeta> snapshotNow() {
        final long wanted = log.endSequence();
        final SnapshotMeta last = newest;
        return last != null && last.sequence() >= wanted
                ? CompletableFuture.completedFuture(last)
                : requests.add(wanted);
    }

    @Override
    public void endBy(final long deadlineNs) {
        ending.endBy(deadlineNs);
    }

    @Override
    public FollowerStatus status() {
        final String fault = Stream.of(logFault, snapshotFault, trimFault)
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining("; "));
        final boolean isAway = condition != Condition.STOPPED && !fault.isEmpty();
        return new FollowerStatus(sequence, timeMs, isAway ? Condition.AWAY : condition, fault);
    }

    /** The newest snapshot that it wrote or began from; empty before there is one. Any thread. */
    public Optional<SnapshotMeta> newest() {
        return Optional.ofNullable(newest);
    }

    /** Snapshots written since the start. Any thread. */
    public long snapshotCount() {
        return snapshotCount;
    }

    /** Snapshots that failed since the start. Any thread. */
    public long failureCount() {
        return failureCount;
    }

    /** How long the last snapshot took, in nanoseconds; 0 before the first. Any thread. */
    public long lastDurationNs() {
        return lastDurationNs;
    }

    /** Only by the thread that steps: nobody else can know that its memory is not looked at. */
    private void dropCopy() {
        copy.close();
        copy.machine().discard();
        copy = null;
    }

    @Override
    public void close() {
        requests.close(new IllegalStateException("the server stops"));
        if (copy != null) {
            copy.close();
            copy = null;
        }
    }
}
