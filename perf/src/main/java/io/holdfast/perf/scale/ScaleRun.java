package io.holdfast.perf.scale;

import io.holdfast.gateway.pipeline.PipelineConfig;
import io.holdfast.perf.compare.SingleServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Measures a server at saturation, with one count of connections after the other, round by round. */
public final class ScaleRun {
    private static final String WARM_UP = "warm-up";
    private static final String COMMIT_MICROS = "-Dholdfast.commitMicros=";
    private static final double US_PER_SECOND = 1e6;
    private static final double NS_PER_US = 1_000;

    private final ScalePlan plan;
    private final Path wrk;
    private final Consumer<String> progress;

    /**
     * @param wrk where it is installed
     * @param progress told what is done, a line each
     */
    public ScaleRun(final ScalePlan plan, final Path wrk, final Consumer<String> progress) {
        this.plan = plan;
        this.wrk = wrk;
        this.progress = progress;
    }

    /** The server does not start: nothing can be measured. */
    public static final class StartFailed extends Exception {
        private static final long serialVersionUID = 1L;

        StartFailed(final IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /**
     * Measures, and makes a model of it.
     *
     * @throws StartFailed when the server does not start
     * @throws IOException when holds were refused: costs of refusals are no costs of holds
     */
    public ScaleReport run() throws IOException, InterruptedException, StartFailed {
        progress.accept("starting the server");
        try (SingleServer server = start()) {
            final DiskTimes disk = DiskTimes.measure(server);
            warmUp(server);
            final List<List<Sample>> rounds = new ArrayList<>();
            for (int round = 1; round <= plan.rounds(); round++) {
                final List<Sample> samples = new ArrayList<>();
                for (final int connections : plan.connections()) {
                    final Sample sample = sample(server, connections, connections + "-" + round);
                    progress.accept("round " + round + " of " + plan.rounds() + ", " + connections + " connections: "
                            + Math.round(sample.perSecond()) + " holds a second");
                    samples.add(sample);
                }
                rounds.add(samples);
            }
            final List<String> command = server.commandLine();
            return new ScaleReport(plan, command, new Findings(plan, rounds, disk, intervalUs(command)));
        }
    }

    private SingleServer start() throws InterruptedException, StartFailed {
        try {
            return SingleServer.start(plan.directory(), wrk);
        } catch (final IOException e) {
            throw new StartFailed(e);
        }
    }

    private void warmUp(final SingleServer server) throws IOException, InterruptedException {
        if (plan.pace().warmUp().isZero()) {
            return;
        }
        progress.accept("warming up");
        server.makeDrop(WARM_UP);
        final int most =
                plan.connections().stream().mapToInt(Integer::intValue).max().orElseThrow();
        server.drive(WARM_UP, most, plan.pace().warmUp());
        server.awaitCaughtUp();
    }

    private Sample sample(final SingleServer server, final int connections, final String drop)
            throws IOException, InterruptedException {
        server.makeDrop(drop);
        final JournalCounters journalBefore = JournalCounters.of(server.metrics());
        final ProcessorTimes machineBefore = ProcessorTimes.read();
        final long startNs = System.nanoTime();
        final ThreadTimes before = threads(server);
        final SingleServer.Load load =
                server.drive(drop, connections, plan.pace().duration());
        final ThreadTimes after = threads(server);
        final double seconds = (System.nanoTime() - startNs) / (double) TimeUnit.SECONDS.toNanos(1);
        final double busySeconds = ProcessorTimes.read().busySeconds() - machineBefore.busySeconds();
        final JournalCounters journal = JournalCounters.of(server.metrics()).since(journalBefore);
        if (load.refused() > 0 || load.failed() > 0) {
            throw new IOException("with " + connections + " connections " + load.refused() + " of " + load.requests()
                    + " presses of Buy got no hold, and " + load.failed()
                    + " no answer; next step: fewer --connections, or a shorter --duration");
        }
        final Map<Stage, Double> micros = after.microsSince(before);
        micros.put(Stage.GENERATOR, load.generatorSeconds() * US_PER_SECOND);
        final double othersSeconds = busySeconds - sum(micros) / US_PER_SECOND;
        server.awaitCaughtUp();
        return new Sample(
                connections,
                load.requests() / load.seconds(),
                perHold(micros, load.requests()),
                new Sample.Commits(
                        journal.records() / journal.syncs(),
                        journal.syncSeconds() / journal.syncs() * US_PER_SECOND,
                        journal.bytes() / journal.records()),
                new Sample.Besides(after.count(Stage.EVENT_LOOPS), Math.max(0, othersSeconds / seconds)),
                sum(threads(server).microsSince(after)) / load.requests());
    }

    private static ThreadTimes threads(final SingleServer server) throws IOException {
        return ThreadTimes.read(server.pid(), server.storesDirectory());
    }

    private static Map<Stage, Double> perHold(final Map<Stage, Double> micros, final long holds) {
        final Map<Stage, Double> perHold = new EnumMap<>(Stage.class);
        micros.forEach((stage, us) -> perHold.put(stage, us / holds));
        return perHold;
    }

    private static double sum(final Map<Stage, Double> micros) {
        return micros.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** How long the server's writer naps under load: its default, or what it was told by a property. */
    private static double intervalUs(final List<String> command) {
        return command.stream()
                .filter(word -> word.startsWith(COMMIT_MICROS))
                .reduce((first, last) -> last)
                .map(word -> Double.parseDouble(word.substring(COMMIT_MICROS.length())))
                .orElse(PipelineConfig.DEFAULT.commitIntervalNs() / NS_PER_US);
    }
}
