package io.holdfast.gateway.warmup;

import io.holdfast.gateway.EdgeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until there is something to sell, and then plays a drop, once, until the JVM has compiled what that needs: a server
 * that just started takes a hundred times as long for its first thousand answers.
 *
 * <p>Makes way for real buyers, who warm up a server as well. Whatever fails in it is logged, and the server is none the
 * worse. Not for TLS, nor for what follows the journal.
 */
public final class WarmUp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final String DIRECTORY_PREFIX = "holdfast-warm-up-";
    private static final long LOOK_MS = 250;
    private static final long CLOSE_MAX_MS = 2_000;

    /**
     * Each has a new stand-in: the JVM leaves out of what it compiles whatever it has not seen happen, and begins anew when
     * it does. What a new server meets once is to happen more than once.
     */
    private static final int ACTS = 4;

    /** Of so many real commands whoever sent them has his own warm-up. */
    private static final long REAL_COMMANDS_MAX = 1_000;

    private final Config config;
    private final EdgeConfig.Limits limits;
    private final BooleanSupplier isDropThere;
    private final LongSupplier commands;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "holdfast-warm-up");

    private volatile long answers;

    /**
     * How it is done.
     *
     * @param longest how long the drop is played at most; zero for not at all
     * @param requestsMax how many requests are sent at most
     * @param temporary where a directory of its own is made for so long, of some 12 MiB
     */
    public record Config(Duration longest, long requestsMax, Path temporary) {
        private static final long REQUESTS_MAX = 100_000;

        public static Config of(final Duration longest) {
            return new Config(longest, REQUESTS_MAX, Path.of(System.getProperty("java.io.tmpdir")));
        }
    }

    /**
     * Begins to wait, on a thread of its own.
     *
     * @param limits of the real server
     * @param isDropThere whether the real server has anything to sell
     * @param commands how many commands the real server has journaled, never fewer than before
     */
    public static WarmUp begin(
            final Config config,
            final EdgeConfig.Limits limits,
            final BooleanSupplier isDropThere,
            final LongSupplier commands) {
        final WarmUp warmUp = new WarmUp(config, limits, isDropThere, commands);
        warmUp.thread.setDaemon(true);
        if (!config.longest().isZero()) {
            warmUp.thread.start();
        }
        return warmUp;
    }

    private WarmUp(
            final Config config,
            final EdgeConfig.Limits limits,
            final BooleanSupplier isDropThere,
            final LongSupplier commands) {
        this.config = config;
        this.limits = limits;
        this.isDropThere = isDropThere;
        this.commands = commands;
    }

    private void run() {
        try {
            while (!isDropThere.getAsBoolean()) {
                if (closed.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            play();
        } catch (final InterruptedException | RuntimeException e) {
            LOG.info("not warmed up, the first buyers will wait for longer: {}", e.toString());
        }
    }

    private void play() {
        LOG.info("warming up on a drop of its own, until there are real buyers");
        final long beginNs = System.nanoTime();
        final long realCommands = commands.getAsLong();
        try (ScratchDirectory directory =
                new ScratchDirectory(Files.createTempDirectory(config.temporary(), DIRECTORY_PREFIX))) {
            for (int act = 1; act <= ACTS; act++) {
                final long curtainNs = beginNs + config.longest().toNanos() / ACTS * act;
                final long answersMax = config.requestsMax() / ACTS * act;
                play(
                        directory.path().resolve("act-" + act),
                        act % 2 == 0,
                        () -> isClosed()
                                || answers >= answersMax
                                || System.nanoTime() - curtainNs >= 0
                                || commands.getAsLong() - realCommands >= REAL_COMMANDS_MAX);
            }
        } catch (final IOException e) {
            LOG.info("not warmed up, the first buyers will wait for longer: {}", e.toString());
            return;
        }
        LOG.info(
                "warmed up by {} requests to a stand-in in {} ms",
                answers,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNs));
    }

    private void play(final Path directory, final boolean isPriced, final BooleanSupplier isOver) throws IOException {
        if (isOver.getAsBoolean()) {
            return;
        }
        try (StandIn server = StandIn.start(directory, limits);
                Crowd crowd = new Crowd(server)) {
            crowd.createDrops(isPriced);
            while (!isOver.getAsBoolean()) {
                answers += crowd.pressOnce();
            }
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Requests that were answered so far. */
    public long answers() {
        return answers;
    }

    /** Whether it is over, or never was to be. */
    public boolean hasEnded() {
        return !thread.isAlive();
    }

    /** Lets it end, and does not wait. */
    public void end() {
        closed.countDown();
    }

    /** Lets it end, and waits for that for a while. */
    @Override
    public void close() {
        end();
        try {
            thread.join(CLOSE_MAX_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
