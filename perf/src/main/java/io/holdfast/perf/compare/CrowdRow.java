package io.holdfast.perf.compare;

import io.holdfast.perf.load.LoadResult;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Users who come with a new connection each for the tenth of them that there is stock for. */
final class CrowdRow implements Row {
    private static final int WARM_UP_SHARE = 5;
    private static final String WARM_UP = "-warm-up";

    private final Bench bench;
    private final String name;
    private final Duration window;

    /** @param window in which they come; zero is all at once */
    CrowdRow(final Bench bench, final String name, final Duration window) {
        this.bench = bench;
        this.name = name;
        this.window = window;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare(final Server server) throws IOException, InterruptedException {
        bench.makePlenty(server, name + WARM_UP);
        bench.warmUp(server, name + WARM_UP);
        final int users = Math.max(1, bench.plan().crowd().users() / WARM_UP_SHARE);
        come(server, 0, users, window.dividedBy(WARM_UP_SHARE));
    }

    @Override
    public Map<Metric, Double> measure(final Server server, final int round) throws IOException, InterruptedException {
        final LoadResult result = come(server, round, bench.plan().crowd().users(), window);
        final Map<Metric, Double> values = new EnumMap<>(LoadDriver.values(result));
        values.put(Metric.SECONDS, result.lastAnswerAfterNs() / (double) TimeUnit.SECONDS.toNanos(1));
        return values;
    }

    /** Each round has a drop of its own. */
    private LoadResult come(final Server server, final int round, final int users, final Duration within)
            throws IOException, InterruptedException {
        final String drop = name + "-" + round;
        bench.client().makeDrop(server, drop, bench.plan().crowd().stock());
        return bench.load()
                .users(server, drop, users, within, bench.plan().crowd().stormOpen());
    }
}
