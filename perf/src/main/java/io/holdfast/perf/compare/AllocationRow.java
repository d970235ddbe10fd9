package io.holdfast.perf.compare;

import io.holdfast.perf.load.LoadResult;
import java.io.IOException;
import java.util.Map;

/** What a hold makes the server's threads allocate, as the JVM counts it for each thread. */
final class AllocationRow implements Row {
    private final Bench bench;

    AllocationRow(final Bench bench) {
        this.bench = bench;
    }

    @Override
    public String name() {
        return Rows.ALLOCATION;
    }

    @Override
    public void prepare(final Server server) throws IOException, InterruptedException {
        bench.makePlenty(server, name());
        bench.warmUp(server, name());
    }

    @Override
    public Map<Metric, Double> measure(final Server server, final int round) throws IOException, InterruptedException {
        try (JvmProbe probe = JvmProbe.attach(server.pid())) {
            final long pathBefore = probe.allocatedBytes(AllocationRow::isOnPath);
            final long allBefore = probe.allocatedBytes(name -> true);
            final LoadResult result = bench.load()
                    .closed(
                            server,
                            name(),
                            bench.plan().crowd().connections(),
                            bench.plan().pace().duration());
            final double path = probe.allocatedBytes(AllocationRow::isOnPath) - pathBefore;
            final double all = probe.allocatedBytes(name -> true) - allBefore;
            final double requests = Math.max(1, result.outcome().answered());
            return Map.of(Metric.PATH_BYTES, path / requests, Metric.PROCESS_BYTES, all / requests);
        }
    }

    /** From request to answer: event loops, the product's and the peers', and the product's writer. */
    private static boolean isOnPath(final String thread) {
        return thread.startsWith("http-") || thread.startsWith("peer-http-") || thread.equals("holdfast-writer");
    }
}
