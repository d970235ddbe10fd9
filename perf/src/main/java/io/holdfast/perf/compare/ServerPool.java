package io.holdfast.perf.compare;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The servers that run now, one for each side. They are exchanged for new ones before what earlier rows did to them, holds that
 * live and holds that end, weighs on a later row. For one thread.
 */
final class ServerPool implements AutoCloseable {
    private static final long AGE_MAX_NS = Duration.ofSeconds(240).toNanos();

    private final ServerStarter starter;
    private final List<Side> sides;
    private final Consumer<String> progress;
    private final Map<Side, Server> running = new EnumMap<>(Side.class);

    private long startedNs;

    ServerPool(final ServerStarter starter, final List<Side> sides, final Consumer<String> progress) {
        this.starter = starter;
        this.sides = sides;
        this.progress = progress;
    }

    /** One server for each side, in the order of the sides; those of before unless they are old. */
    Map<Side, Server> get() throws IOException, InterruptedException {
        if (running.isEmpty() || System.nanoTime() - startedNs > AGE_MAX_NS) {
            renew();
        }
        return running;
    }

    /** Those of the last call. */
    Map<Side, Server> same() {
        return running;
    }

    /** New ones in any case. */
    Map<Side, Server> getFresh() throws IOException, InterruptedException {
        renew();
        return running;
    }

    private void renew() throws IOException, InterruptedException {
        close();
        for (final Side side : sides) {
            progress.accept("starting " + side.title());
            running.put(side, starter.start(side));
        }
        startedNs = System.nanoTime();
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        for (final Server server : running.values()) {
            try {
                server.close();
            } catch (final RuntimeException e) {
                failure = e;
            }
        }
        running.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
