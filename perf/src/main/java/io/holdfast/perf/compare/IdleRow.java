package io.holdfast.perf.compare;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the product takes of a processor when nobody asks for anything; its stores, processes of their own, are
 * not in it.
 */
final class IdleRow implements Row {
    private static final double PERCENT = 100;

    private final Bench bench;

    IdleRow(final Bench bench) {
        this.bench = bench;
    }

    @Override
    public String name() {
        return Rows.IDLE;
    }

    @Override
    public boolean isFor(final Side side) {
        return side == Side.HOLDFAST;
    }

    /** A server that has worked is compiled, and its followers have something behind them. */
    @Override
    public void prepare(final Server server) throws IOException, InterruptedException {
        bench.client().makeDrop(server, name(), bench.plan().crowd().stock());
        bench.warmUp(server, name());
        bench.client().awaitCaughtUp(server, Comparison.CAUGHT_UP_MAX);
    }

    @Override
    public Map<Metric, Double> measure(final Server server, final int round) throws IOException, InterruptedException {
        final Duration watched = bench.plan().pace().idle();
        final double before = ProcessFigures.cpuSeconds(server.pid());
        final long startNs = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(watched.toNanos());
        final double used = ProcessFigures.cpuSeconds(server.pid()) - before;
        final double seconds = (System.nanoTime() - startNs) / (double) TimeUnit.SECONDS.toNanos(1);
        return Map.of(Metric.CPU_PERCENT, PERCENT * used / seconds);
    }
}
