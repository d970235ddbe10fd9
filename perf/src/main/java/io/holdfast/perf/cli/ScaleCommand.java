package io.holdfast.perf.cli;

import io.holdfast.gateway.StartRefusedException;
import io.holdfast.gateway.cli.Console;
import io.holdfast.gateway.cli.DurationConverter;
import io.holdfast.gateway.cli.ExitStatus;
import io.holdfast.gateway.cli.HelpOption;
import io.holdfast.gateway.cli.UsageException;
import io.holdfast.perf.compare.Comparison;
import io.holdfast.perf.load.Descriptors;
import io.holdfast.perf.scale.ScalePlan;
import io.holdfast.perf.scale.ScaleReport;
import io.holdfast.perf.scale.ScaleRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench scale}. */
@Command(
        name = "scale",
        sortOptions = false,
        description = "Says what more processors would give, and what breaks first: by a model fitted to measurements.",
        footer = {
            "",
            "Starts serve --dev on a new data directory, drives it with wrk at saturation, with one count of",
            "connections after the other, and reads the processor time of each of its threads. The model's",
            "holds a second are the least of",
            "",
            "  event loops  number of loops / time of a hold in a loop",
            "  writer       records of a turn / (nap + records x (decide a record + disk a record)):",
            "               one thread; called the disk where waiting for it takes longer than deciding",
            "  cores        cores / time of a hold in all threads and stores, a sync for each nap with it",
            "",
            "What a sync costs the writer, and what a record, is told by how many records shared a sync. The",
            "last round checks the model of the rounds before it: the ratio is 1 where they agree. For other",
            "machines it is an upper bound: what more cores cost each other is not in it.",
            "HOLDFAST_JAVA_OPTS is the server's.",
            "",
            "In seconds: --connections 8,64 --rounds 1 --duration 1s --warm-up 0s",
            "",
            "Exit status: 0 measured, 1 holds were refused or no model fits, 2 wrong usage, 3 cannot start."
        })
final class ScaleCommand implements Callable<Integer> {
    private static final int ROUNDS_MAX = 100;
    private static final int CORES_MAX = 1_024;
    private static final int SECONDS_MAX = 60;

    private final Console console;

    @Option(
            names = "--connections",
            split = ",",
            paramLabel = "N",
            defaultValue = "16,64,256,1000",
            description = "Counts of them, two at least (${DEFAULT-VALUE}).")
    private List<Integer> connections;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "2",
            description = "Stretches of each count (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "5s",
            description = "Of a stretch, whole seconds, a minute at most (${DEFAULT-VALUE}).")
    private Duration duration;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "15s",
            description = "Before the first, whole seconds; 0s for none (${DEFAULT-VALUE}).")
    private Duration warmUp;

    @Option(
            names = "--cores",
            split = ",",
            paramLabel = "N",
            defaultValue = "2,4,8,16",
            description = "Of the machines to say it for (${DEFAULT-VALUE}).")
    private List<Integer> cores;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where data is kept while it is measured, on a real disk (the temporary directory).")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean isJson;

    @Mixin
    private HelpOption help;

    ScaleCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws StartRefusedException, InterruptedException {
        final ScalePlan plan = plan();
        final Path wrk = Comparison.findWrk(console.environment().getOrDefault("PATH", ""))
                .orElseThrow(() -> new StartRefusedException(
                        "wrk is not installed, which asks for holds; next step: apt-get install wrk"));
        try {
            final ScaleReport report = new ScaleRun(plan, wrk, console::say).run();
            console.out().print(isJson ? report.json() + "\n" : report.text());
            console.out().flush();
            return ExitStatus.OK;
        } catch (final ScaleRun.StartFailed e) {
            throw new StartRefusedException(e.getMessage(), e);
        } catch (final IOException | IllegalArgumentException e) {
            console.say("not measured: " + e.getMessage());
            return ExitStatus.NO;
        }
    }

    private ScalePlan plan() {
        check("--connections", connections, Descriptors.connectionsMax());
        if (connections.size() < 2 || Set.copyOf(connections).size() < connections.size()) {
            throw new UsageException(
                    "--connections",
                    "two different counts are needed, to tell the cost of a sync from that of a record");
        }
        check("--cores", cores, CORES_MAX);
        check("--rounds", List.of(rounds), ROUNDS_MAX);
        checkSeconds("--duration", duration, 1);
        checkSeconds("--warm-up", warmUp, 0);
        return new ScalePlan(
                connections, rounds, new ScalePlan.Pace(duration, warmUp), cores, directory.toAbsolutePath());
    }

    private static void check(final String flag, final List<Integer> values, final int max) {
        for (final int value : values) {
            if (value < 1 || value > max) {
                throw new UsageException(flag, value + " is not from 1 to " + max);
            }
        }
    }

    private static void checkSeconds(final String flag, final Duration duration, final int min) {
        if (duration.getNano() != 0 || duration.toSeconds() < min || duration.toSeconds() > SECONDS_MAX) {
            throw new UsageException(
                    flag, duration.toMillis() + "ms: whole seconds are needed, " + min + " to " + SECONDS_MAX);
        }
    }
}
