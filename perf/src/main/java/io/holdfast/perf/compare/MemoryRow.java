package io.holdfast.perf.compare;

import java.io.IOException;
import java.util.Map;

/** What an idle connection that was used once holds of the server's memory; kernel buffers are not in it. */
final class MemoryRow implements Row {
    private final Bench bench;

    MemoryRow(final Bench bench) {
        this.bench = bench;
    }

    @Override
    public String name() {
        return Rows.MEMORY;
    }

    /** What a connection leaves behind in a pool is not there to be seen the next time. */
    @Override
    public boolean isFreshEachRound() {
        return true;
    }

    @Override
    public void prepare(final Server server) throws IOException, InterruptedException {
        bench.makePlenty(server, name());
        bench.warmUp(server, name());
        bench.client().awaitCaughtUp(server, Comparison.CAUGHT_UP_MAX);
    }

    @Override
    public Map<Metric, Double> measure(final Server server, final int round) throws IOException {
        final int count = bench.plan().crowd().idleConnections();
        try (JvmProbe probe = JvmProbe.attach(server.pid())) {
            final long before = probe.liveBytes();
            final long residentBefore = ProcessFigures.residentBytes(server.pid());
            try (IdleConnections connections = IdleConnections.open(server, name(), count)) {
                final long after = probe.liveBytes();
                final long residentAfter = ProcessFigures.residentBytes(server.pid());
                connections.checkOpen();
                return Map.of(
                        Metric.CONNECTION_BYTES, (after - before) / (double) count,
                        Metric.CONNECTION_RESIDENT_BYTES, (residentAfter - residentBefore) / (double) count);
            }
        }
    }
}
