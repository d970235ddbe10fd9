package io.holdfast.perf.compare;

import java.io.IOException;
import java.util.Map;

/** Holds at a rate that does not wait for answers. */
final class OpenLoopRow implements Row {
    private final Bench bench;
    private final int perSecond;

    OpenLoopRow(final Bench bench, final int perSecond) {
        this.bench = bench;
        this.perSecond = perSecond;
    }

    @Override
    public String name() {
        return Rows.OPEN + perSecond;
    }

    /** Each run warms up again, at its own rate. */
    @Override
    public void prepare(final Server server) throws IOException, InterruptedException {
        bench.makePlenty(server, name());
        bench.warmUp(server, name());
    }

    @Override
    public Map<Metric, Double> measure(final Server server, final int round) throws InterruptedException {
        return LoadDriver.values(bench.load()
                .open(
                        server,
                        name(),
                        perSecond,
                        bench.plan().crowd().connections(),
                        bench.plan().pace()));
    }
}
