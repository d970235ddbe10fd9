package io.holdfast.perf.compare;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** As many holds as a side grants, or refuses as sold out, on so many connections that never rest. */
final class SaturationRow implements Row {
    private final Bench bench;
    private final Wrk wrk;
    private final boolean isSoldOut;

    /** @param isSoldOut whether the stock is gone before it begins */
    SaturationRow(final Bench bench, final boolean isSoldOut) {
        this.bench = bench;
        this.wrk = bench.wrk().orElseThrow();
        this.isSoldOut = isSoldOut;
    }

    @Override
    public String name() {
        return isSoldOut ? Rows.SOLD_OUT : Rows.SATURATION;
    }

    @Override
    public void prepare(final Server server) throws IOException, InterruptedException {
        if (isSoldOut) {
            bench.client().makeDrop(server, name(), 1);
            bench.client().hold(server, name(), 1);
        } else {
            bench.makePlenty(server, name());
        }
        if (!bench.plan().pace().warmUp().isZero()) {
            run(server, bench.plan().pace().warmUp());
        }
    }

    @Override
    public Map<Metric, Double> measure(final Server server, final int round) throws IOException, InterruptedException {
        final double before = bench.client().soldOut(server, name());
        final Wrk.Result result = run(server, bench.plan().pace().duration());
        // wrk does not tell one refusal from another, and what it asked last may be answered behind it.
        final double soldOut = server.side() == Side.HOLDFAST
                ? Math.min(result.refused(), bench.client().soldOut(server, name()) - before)
                : isSoldOut ? result.refused() : 0;
        return Map.of(
                Metric.PER_SECOND,
                result.perSecond(),
                Metric.HOLDS,
                (double) (result.requests() - result.refused()),
                Metric.SOLD_OUT,
                soldOut,
                Metric.REFUSED,
                result.refused() - soldOut,
                Metric.UNANSWERED,
                (double) result.failed());
    }

    private Wrk.Result run(final Server server, final Duration duration) throws IOException, InterruptedException {
        return wrk.run(server, name(), bench.plan().crowd().connections(), duration);
    }
}
