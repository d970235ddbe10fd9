package io.holdfast.gateway;

import io.holdfast.core.InvariantViolation;
import io.holdfast.core.StateMachine;
import io.holdfast.gateway.api.HttpEdge;
import io.holdfast.gateway.management.ManagementServer;
import io.holdfast.gateway.pipeline.JournalMetrics;
import io.holdfast.gateway.pipeline.Pipeline;
import io.holdfast.gateway.warmup.WarmUp;
import io.holdfast.journal.Journal;
import io.holdfast.journal.JournalConfig;
import io.holdfast.journal.JournalFailedException;
import io.holdfast.journal.JournalFiles;
import io.holdfast.journal.JournalFullException;
import io.holdfast.journal.JournalLockedException;
import io.holdfast.journal.JournalRefusedException;
import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.log.JournalLog;
import io.holdfast.settlement.log.UncheckedLogException;
import io.holdfast.settlement.state.HeadStart;
import io.holdfast.settlement.state.SlabReserve;
import io.holdfast.settlement.state.StateRecovery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root: journal, core, pipeline and edge, put together in the order in which data moves, and taken apart
 * in the same order, so that whatever was admitted is decided, synced and answered.
 */
public final class HoldfastServer implements RunningServer {
    private static final Logger LOG = LoggerFactory.getLogger(HoldfastServer.class);
    private static final int HALTED_STATUS = 4;
    private static final Duration EDGE_DRAIN_MAX = Duration.ofSeconds(4);
    private static final Duration HALT_DRAIN_MAX = Duration.ofSeconds(1);
    private static final long PIPELINE_DRAIN_MAX_MS = 3_000;
    private static final long FOLLOWERS_DRAIN_MAX_MS = 1_500;
    private static final long STOP_MAX_MS = 9_000;
    private static final long HALT_AFTER_MS = 5_000;

    private final ServerConfig config;
    private final JournalFiles files;
    private final HaltGuard haltGuard;
    private final ServerState state = new ServerState();
    private final ServerMetrics metrics = new ServerMetrics();
    private final CompletableFuture<Boolean> stopped = new CompletableFuture<>();
    private final AtomicBoolean isStopping = new AtomicBoolean();
    private final AtomicBoolean hasHalted = new AtomicBoolean();

    /** What to close, the last opened first, when a start fails half-way. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private ManagementServer management;
    private Journal journal;
    private Pipeline pipeline;
    private Followers followers;
    private WarmUp warmUp;

    /** Read by whoever halts, which may be while this is being opened. */
    private volatile HttpEdge edge;

    /** Whether all that was admitted is durable and answered; told at the latest when a stop has taken too long. */
    private volatile boolean isClean;

    private ServerConfig.Endpoint serviceEndpoint;
    private ServerConfig.Endpoint managementEndpoint;

    private HoldfastServer(final ServerConfig config, final JournalFiles files, final Runnable endProcess) {
        this.config = config;
        this.files = files;
        this.haltGuard = HaltGuard.start(HALT_AFTER_MS, endProcess);
        opened.push(haltGuard);
    }

    /**
     * Recovers the journal and begins to serve; returns when it does.
     *
     * @throws StartRefusedException if the port is taken, the directory locked or the journal refused
     */
    public static HoldfastServer start(final ServerConfig config) throws StartRefusedException {
        return start(config, JournalFiles.real(), () -> Runtime.getRuntime().halt(HALTED_STATUS));
    }

    /** The same over another disk, and with another way to end a process that halted and is still there. */
    static HoldfastServer start(final ServerConfig config, final JournalFiles files, final Runnable endProcess)
            throws StartRefusedException {
        final HoldfastServer server = new HoldfastServer(config, files, endProcess);
        try {
            server.open();
            return server;
        } catch (final StartRefusedException e) {
            server.closeOpened();
            throw e;
        } catch (final IOException | JournalLockedException | JournalRefusedException e) {
            server.closeOpened();
            throw new StartRefusedException(e.getMessage(), e);
        } catch (final JournalFullException e) {
            server.closeOpened();
            throw new StartRefusedException(
                    e.getMessage() + "; next step: make room on the disk of --data-dir, or lower --disk-reserve", e);
        } catch (final JournalFailedException
                | UncheckedLogException
                | InvariantViolation
                | IllegalArgumentException
                | UncheckedIOException e) {
            server.closeOpened();
            throw new StartRefusedException("cannot start: " + e.getMessage(), e);
        } catch (final RuntimeException | Error e) {
            server.closeOpened();
            throw e;
        }
    }

    private void open() throws IOException, StartRefusedException {
        opened.push(metrics::close);
        final Tuning tuning = Tuning.read(System::getProperty, config.limits().ringSize());
        final EdgeConfig edgeConfig = EdgeConfigs.of(config, tuning.eventLoops());
        management = new ManagementServer(edgeConfig, state, metrics.registry(), this::halt);
        opened.push(management);
        managementEndpoint = endpoint(management.start());

        final SlabReserve memory = SlabReserve.start();
        opened.push(memory);
        final SecureRandom random = new SecureRandom();
        final CommittedLog log;
        final StateMachine core;
        final long sequenceFloor;
        try (HeadStart headStart =
                HeadStart.begin(config.storage().dataDirectory(), files, random.nextLong(), memory)) {
            journal = openJournal();
            opened.push(this::closeJournal);
            JournalMetrics.bind(journal, metrics.registry());
            log = new JournalLog(journal, config.storage().dataDirectory(), files);
            final SettledElsewhere settled = SettledElsewhere.ask(config, log);
            core = new StateRecovery(log, headStart, records -> LOG.info("recovering: {} records applied", records))
                    .recover();
            sequenceFloor = settled.sequenceFloor();
        }
        journal.start();

        pipeline = new Pipeline(tuning.pipeline(), core, journal, System::currentTimeMillis, this::halt);
        opened.push(this::stopPipeline);
        metrics.bind(pipeline);
        pipeline.start(journal.recovery().epoch(), Build.version(), sequenceFloor);

        final FollowerAssembly assembly =
                new FollowerAssembly(config, journal, log, this::halt, new FollowerMetrics(metrics.registry()));
        opened.push(assembly);
        followers = assembly.assemble(files, random.nextLong(), pipeline::logicalNowMs);
        opened.push(() -> followers.stop(0));
        final OperatorDesk desk = assembly.desk();
        opened.push(desk);
        followers.start();

        edge = new HttpEdge(
                edgeConfig,
                new HttpEdge.Ports(pipeline, pipeline::dropImage, desk),
                metrics.registry(),
                System::currentTimeMillis,
                this::halt);
        opened.push(edge);
        serviceEndpoint = endpoint(edge.start());
        state.serve(journal, pipeline, followers);
        warmUp = WarmUp.begin(
                tuning.warmUp(),
                new WarmUp.Real(
                        edgeConfig.limits(),
                        config.storage().dataDirectory().resolve("warm-up"),
                        config.storage().diskReserveBytes(),
                        () -> !pipeline.dropImages().isEmpty(),
                        journal::durableSequence));
        opened.push(warmUp);
    }

    private Journal openJournal() {
        final JournalConfig defaults = JournalConfig.defaults(config.storage().dataDirectory());
        return Journal.open(
                new JournalConfig(
                        defaults.dataDirectory(),
                        defaults.segmentLength(),
                        defaults.batchLengthMax(),
                        config.storage().diskReserveBytes()),
                files);
    }

    private static ServerConfig.Endpoint endpoint(final InetSocketAddress address) {
        return new ServerConfig.Endpoint(address.getAddress().getHostAddress(), address.getPort());
    }

    /** After a start that failed; a stop has done it already, or waited long enough. */
    private void stopPipeline() throws InterruptedException {
        if (!pipeline.hasEnded() && !isStopping.get()) {
            pipeline.stop(PIPELINE_DRAIN_MAX_MS);
        }
    }

    /** A writer in the middle of a sync must not have the journal closed under it: then it is left as by a crash. */
    private void closeJournal() {
        if (pipeline == null || pipeline.hasEnded()) {
            journal.close();
        } else {
            LOG.error("the disk did not come back in time: the journal is left as it is, the next start mends it");
        }
    }

    private void closeOpened() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (final Exception e) {
                LOG.warn("closing after a start that failed: {}", e.toString());
            }
        }
    }

    @Override
    public ServerConfig.Endpoint service() {
        return serviceEndpoint;
    }

    @Override
    public ServerConfig.Endpoint management() {
        return managementEndpoint;
    }

    @Override
    public void stop() {
        if (isStopping.compareAndSet(false, true)) {
            new Thread(this::stopInOrder, "holdfast-stop").start();
        }
    }

    private void stopInOrder() {
        CompletableFuture.delayedExecutor(STOP_MAX_MS, TimeUnit.MILLISECONDS).execute(() -> stopped.complete(isClean));
        try {
            warmUp.end();
            state.drain();
            final boolean answered = edge.drain(EDGE_DRAIN_MAX);
            final boolean decided = pipeline.stop(PIPELINE_DRAIN_MAX_MS);
            isClean = decided && !hasHalted.get();
            if (!followers.stop(FOLLOWERS_DRAIN_MAX_MS)) {
                LOG.warn("some followers were left behind; they go on from where they were at the next start");
            }
            if (!answered) {
                LOG.warn("some requests were cut off before their answer; what was decided is in the journal");
            }
        } catch (final InterruptedException | RuntimeException e) {
            LOG.error("stopping failed", e);
        } finally {
            try {
                closeOpened();
            } finally {
                stopped.complete(isClean);
            }
        }
    }

    /**
     * Whatever broke cannot be mended here: tells those who wait, and lets the process end. May be called by anyone, with
     * no memory left, too: the guard is told before anything that can throw.
     */
    private void halt(final Throwable failure) {
        if (!hasHalted.compareAndSet(false, true)) {
            return;
        }
        state.halt();
        haltGuard.halt();
        new Thread(() -> haltInOrder(failure), "holdfast-halt").start();
    }

    private void haltInOrder(final Throwable failure) {
        try {
            LOG.error("halting: {}", failure.toString(), failure);
            if (failure instanceof OutOfMemoryError) {
                LOG.error("out of memory; next step: start again with more, the state lies outside of the heap: "
                        + "HOLDFAST_JAVA_OPTS=\"-Xmx4g -XX:MaxDirectMemorySize=8g\"");
            }
        } finally {
            drainHalted();
        }
    }

    private void drainHalted() {
        try {
            final HttpEdge serving = edge;
            if (serving != null) {
                serving.drain(HALT_DRAIN_MAX);
            }
        } finally {
            stopped.complete(false);
        }
    }

    @Override
    public boolean awaitStop() throws InterruptedException {
        try {
            return stopped.get();
        } catch (final ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
