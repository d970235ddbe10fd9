package io.holdfast.perf.compare;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The servers that run now, one for each side. They are exchanged for new ones before what earlier rows did to
 * them, holds that
 * live and holds that end, weighs on a later row. For one thread.
 */
final class ServerPool implements AutoCloseable {
    private static final long AGE_MAX_NS = Duration.ofSeconds(240).toNanos();

    private final ServerStarter starter;
    private final List<Side> sides;
    private final Consumer<String> progress;
    private final List<ServerStarter.Starting> started = new ArrayList<>();
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

    /** All at once: what one waits for, another has the processors for. */
    private void renew() throws IOException, InterruptedException {
        close();
        progress.accept("starting " + sides.stream().map(Side::title).collect(Collectors.joining(", ")));
        for (final Side side : sides) {
            started.add(starter.start(side));
        }
        for (final ServerStarter.Starting each : started) {
            running.put(each.side(), starter.await(each));
        }
        startedNs = System.nanoTime();
    }

    /** Ends all that were started, at once; returns when they have ended. */
    @Override
    public void close() {
        running.clear();
        final List<ChildProcess> ending =
                started.stream().map(ServerStarter.Starting::process).toList();
        started.clear();
        RuntimeException failure = null;
        ending.forEach(ChildProcess::end);
        for (final ChildProcess each : ending) {
            try {
                each.close();
            } catch (final RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
