package io.holdfast.gateway.pipeline;

import io.holdfast.core.Answer;
import io.holdfast.core.Rules;
import io.holdfast.core.StateMachine;
import io.holdfast.core.message.MessageHeaderEncoder;
import io.holdfast.core.message.StartServerEncoder;
import io.holdfast.gateway.sequencer.AnswerHandler;
import io.holdfast.gateway.sequencer.Lane;
import io.holdfast.gateway.sequencer.Sequencer;
import io.holdfast.journal.Journal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.agrona.ExpandableArrayBuffer;

/**
 * Ring, writer and watchdog as one {@link Sequencer}.
 *
 * <p>Life: constructed over a recovered core and a started journal; {@link #start} journals that the server started, and
 * the rules if they changed, before anything is admitted; {@link #stop} decides, syncs and answers all that was admitted.
 */
public final class Pipeline implements Sequencer {
    private static final int STALLED_TICKS_MAX = 30;
    private static final long LATE_SUBMISSION_MAX_MS = 1_000;

    private final StateMachine core;
    private final Journal journal;
    private final LogicalClock clock;
    private final Decider decider;
    private final Ring ring;
    private final StockImages images;
    private final SingleWriter writer;
    private final Thread thread;
    private final Watchdog watchdog;
    private final ScheduledExecutorService ticker;
    private final List<RingLane> lanes = new CopyOnWriteArrayList<>();
    private final AtomicBoolean hasFailed = new AtomicBoolean();
    private final Consumer<Throwable> onFailure;

    /**
     * Puts the pipeline together; nothing runs yet.
     *
     * @param core recovered, and the caller's no more
     * @param journal started, and the caller's no more until {@link #stop} has returned
     * @param wallClockMs epoch milliseconds, read once at the start and for metrics
     * @param onFailure called once, from whichever thread, when the pipeline can go on no more: must halt the process
     */
    public Pipeline(
            final PipelineConfig config,
            final StateMachine core,
            final Journal journal,
            final LongSupplier wallClockMs,
            final Consumer<Throwable> onFailure) {
        this.core = core;
        this.journal = journal;
        this.onFailure = onFailure;
        this.clock = new LogicalClock(core.timeMs(), wallClockMs, System::nanoTime);
        this.decider = new Decider(core, journal, clock);
        this.ring = new Ring(config, new Admission(journal));
        this.images = new StockImages(core, System::nanoTime);
        this.writer = new SingleWriter(
                ring,
                journal,
                decider,
                images,
                new CommitPacer(config.restNs(), config.commitIntervalNs(), config.busyRecordsPerCommit()),
                this::fail,
                () -> awaitLanes(LATE_SUBMISSION_MAX_MS));
        this.thread = new Thread(writer, "holdfast-writer");
        thread.setUncaughtExceptionHandler((dead, failure) -> fail(failure));
        this.watchdog = new Watchdog(writer, ring, STALLED_TICKS_MAX, this::fail);
        this.ticker = Executors.newSingleThreadScheduledExecutor(task -> {
            final Thread created = new Thread(task, "holdfast-watchdog");
            created.setDaemon(true);
            return created;
        });
    }

    /** For measurements: has the probe hear of the writer's steps. To be set before {@link #start}. */
    public void probe(final WriterProbe probe) {
        writer.probe(probe);
    }

    /**
     * Journals the start, then admits.
     *
     * @param sequenceFloor the first command's sequence is above it, and above all that the core has seen: a follower may
     *     have seen more than the journal still holds
     * @throws io.holdfast.journal.JournalFailedException if the start cannot be journaled
     */
    public void start(final long epoch, final String build, final long sequenceFloor) {
        final boolean isFirstEver = core.sequence() == 0;
        decider.skipTo(sequenceFloor);
        final ExpandableArrayBuffer command = new ExpandableArrayBuffer();
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        final StartServerEncoder start = new StartServerEncoder();
        start.wrapAndApplyHeader(command, 0, header)
                .epoch(epoch)
                .wallClockMs(clock.wallClockMs())
                .build(build);
        journalNow(command, start.limit());
        if (!core.rules().equals(Rules.DEFAULT) || isFirstEver) {
            journalNow(command, Rules.DEFAULT.encodeActivation(command));
        }
        journal.commit();
        images.publish();
        // Opened first: a writer that fails at once closes it, and it stays closed. What comes before it runs waits.
        ring.admission().open();
        thread.start();
        ticker.scheduleWithFixedDelay(watchdog::tick, 1, 1, TimeUnit.SECONDS);
    }

    private void journalNow(final ExpandableArrayBuffer command, final int length) {
        if (!decider.decide(command, length, new Answer())) {
            throw new IllegalStateException("no room in an empty batch");
        }
    }

    @Override
    public Lane openLane(final Executor eventLoop, final AnswerHandler handler, final int inFlightMax) {
        final RingLane lane = new RingLane(ring, eventLoop, handler, inFlightMax, this::fail);
        lanes.add(lane);
        return lane;
    }

    /**
     * Admits nothing more, decides and syncs and answers all that was admitted, and ends the thread. The journal is the
     * caller's again once {@link #hasEnded}.
     *
     * @return whether everything was answered within the time
     */
    public boolean stop(final long timeoutMs) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        ring.admission().close();
        ticker.shutdownNow();
        final boolean havePassed = awaitLanes(timeoutMs);
        writer.stop();
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime())));
        return havePassed && hasEnded() && !hasFailed.get();
    }

    /**
     * Whether the writer's thread is not running: not started yet, or ended. Until then the journal is its own, however
     * long a sync may take.
     */
    public boolean hasEnded() {
        return !thread.isAlive();
    }

    /**
     * A task on each event loop returns only after any submission that was under way there.
     *
     * @return whether all did within the time
     */
    private boolean awaitLanes(final long timeoutMs) {
        final CompletableFuture<?>[] passed =
                lanes.stream().map(RingLane::passed).toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(passed)
                .thenApply(none -> true)
                .completeOnTimeout(false, timeoutMs, TimeUnit.MILLISECONDS)
                .join();
    }

    private void fail(final Throwable failure) {
        ring.admission().close();
        if (hasFailed.compareAndSet(false, true)) {
            onFailure.accept(failure);
        }
    }

    /** Whether commands are admitted. */
    public boolean isOpen() {
        return ring.admission().isOpen();
    }

    public boolean hasFailed() {
        return hasFailed.get();
    }

    /** Free slots of the ring. */
    public long ringRemaining() {
        return ring.buffer().remainingCapacity();
    }

    public int ringSize() {
        return ring.buffer().getBufferSize();
    }

    /** Logical time in epoch milliseconds: what a command that came now would be stamped with. Any thread. */
    public long logicalNowMs() {
        return clock.nowMs();
    }

    /** How far logical time is ahead of the wall clock, in milliseconds. */
    public long clockDriftMs() {
        return clock.driftMs();
    }

    /** A durable image of the drop at most 10 ms old, {@code DropImage} with its header; null for an unknown drop. */
    public byte[] dropImage(final String drop) {
        return images.get(drop);
    }

    /** The same for all drops, by name; a live view. */
    public Map<String, byte[]> dropImages() {
        return images.all();
    }
}
