package io.holdfast.gateway.warmup;

import io.holdfast.gateway.EdgeConfig;
import java.io.IOException;
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
 * that just started takes ten times as long for its first thousands of answers.
 *
 * <p>Makes way for real buyers, who warm up a server as well. Whatever fails in it is logged, and the server is none the
 * worse; but a heap that it filled up halts the process, as anybody would. Not for TLS, nor for what follows the journal.
 */
public final class WarmUp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
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
    private final Real real;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "holdfast-warm-up");

    /** Added to by that thread alone. */
    private volatile long answers;

    /**
     * How it is done.
     *
     * @param longest how long the drop is played at most; zero for not at all
     * @param requestsMax how many requests are sent at most
     */
    public record Config(Duration longest, long requestsMax) {
        private static final long REQUESTS_MAX = 100_000;

        public static Config of(final Duration longest) {
            return new Config(longest, REQUESTS_MAX);
        }
    }

    /**
     * What it knows of the real server.
     *
     * @param limits whose rates are the stand-in's, too
     * @param directory for the stand-in's journal, some 12 MiB; nobody else's, and whatever is in it is deleted
     * @param diskReserveBytes free bytes of its disk that are left alone
     * @param isDropThere whether there is anything to sell
     * @param commands how many were journaled, never fewer than before
     */
    public record Real(
            EdgeConfig.Limits limits,
            Path directory,
            long diskReserveBytes,
            BooleanSupplier isDropThere,
            LongSupplier commands) {}

    /** Begins to wait, on a thread of its own. */
    public static WarmUp begin(final Config config, final Real real) {
        final WarmUp warmUp = new WarmUp(config, real);
        warmUp.thread.setDaemon(true);
        if (!config.longest().isZero()) {
            warmUp.thread.start();
        }
        return warmUp;
    }

    private WarmUp(final Config config, final Real real) {
        this.config = config;
        this.real = real;
    }

    private void run() {
        try {
            while (!real.isDropThere().getAsBoolean()) {
                if (closed.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            LOG.info("warming up on a drop of its own, until there are real buyers");
            play();
        } catch (final IOException | InterruptedException | RuntimeException | Error e) {
            LOG.info("not warmed up, the first buyers will wait for longer: {}", e.toString());
        }
    }

    private void play() throws IOException {
        final long beginNs = System.nanoTime();
        final long realCommands = real.commands().getAsLong();
        for (int act = 1; act <= ACTS; act++) {
            final long curtainNs = beginNs + config.longest().toNanos() / ACTS * act;
            final long answersMax = config.requestsMax() / ACTS * act;
            play(
                    act % 2 == 0,
                    act > ACTS / 2,
                    () -> isClosed()
                            || answers >= answersMax
                            || System.nanoTime() - curtainNs >= 0
                            || real.commands().getAsLong() - realCommands >= REAL_COMMANDS_MAX);
        }
        LOG.info(
                "warmed up by {} requests to a stand-in in {} ms",
                answers,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNs));
    }

    private void play(final boolean arePriced, final boolean areLimited, final BooleanSupplier isOver)
            throws IOException {
        if (isOver.getAsBoolean()) {
            return;
        }
        try (ScratchDirectory directory = ScratchDirectory.empty(real.directory());
                StandIn server = StandIn.start(directory.path(), real.diskReserveBytes(), real.limits());
                Crowd crowd = new Crowd(server, new Script(server.access(), arePriced, areLimited))) {
            while (!isOver.getAsBoolean()) {
                answers += crowd.askOnce();
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
