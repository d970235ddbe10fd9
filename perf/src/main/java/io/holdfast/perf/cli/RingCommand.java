package io.holdfast.perf.cli;

import io.holdfast.gateway.cli.Console;
import io.holdfast.gateway.cli.ExitStatus;
import io.holdfast.gateway.cli.HelpOption;
import io.holdfast.gateway.cli.UsageException;
import io.holdfast.gateway.pipeline.PipelineConfig;
import io.holdfast.perf.report.JsonText;
import io.holdfast.perf.report.RunComparison;
import io.holdfast.perf.report.RunHistory;
import io.holdfast.perf.ring.AnswerMix;
import io.holdfast.perf.ring.ProducerWait;
import io.holdfast.perf.ring.RingBench;
import io.holdfast.perf.ring.RingConfig;
import io.holdfast.perf.ring.RingLoad;
import io.holdfast.perf.ring.RingReport;
import io.holdfast.perf.ring.RingResults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench ring}. */
@Command(
        name = "ring",
        sortOptions = false,
        description = "Measures the pipeline without HTTP: ring, core, journal with real fdatasync, and the way back.",
        footer = {
            "",
            "Lists are comma-separated; each combination of rate, spin, commit interval, mix and number of producers is a "
                    + "load of its own, and all loads run in turn in each round. Every figure is written to the history, "
                    + "and compared with the newest earlier run of the same settings on the same machine."
        })
final class RingCommand implements Callable<Integer> {
    private static final String SATURATED = "max";
    private static final String ENDLESS = "endless";
    private static final int MICROS_MAX = 1_000_000;
    private static final int ROUNDS_MAX = 100;
    private static final int SECONDS_MAX = 3_600;

    private final Console console;

    @Option(
            names = "--rates",
            split = ",",
            paramLabel = "RATE",
            defaultValue = "10000,100000,max",
            description = "Commands a second, open loop; max for saturation (${DEFAULT-VALUE}).")
    private List<String> rates;

    @Option(
            names = "--spin-micros",
            split = ",",
            paramLabel = "MICROS",
            defaultValue = "0,20,100,endless",
            description = "How long the writer looks for work before it parks (${DEFAULT-VALUE}).")
    private List<String> spins;

    @Option(
            names = "--commit-micros",
            split = ",",
            paramLabel = "MICROS",
            description = "Under load, the time from one commit to the next; 0 commits at once always "
                    + "(the server's own).")
    private List<String> commits;

    @Option(
            names = "--mixes",
            split = ",",
            paramLabel = "MIX",
            defaultValue = "granted",
            description = "What is answered: granted, sold-out, replays, drop (${DEFAULT-VALUE}).")
    private List<String> mixes;

    @Option(
            names = "--producers",
            split = ",",
            paramLabel = "COUNT",
            defaultValue = "1",
            description = "Threads that submit, each as an event loop does (${DEFAULT-VALUE}).")
    private List<String> producers;

    @Option(
            names = "--producer-wait",
            paramLabel = "WAIT",
            description =
                    "What producers do between commands of an open loop: park, as event loops do, or spin, which is "
                            + "precise and takes a processor each (spin where there are processors for the producers and one "
                            + "more). Saturated, they park.")
    private String wait;

    @Option(
            names = "--in-flight",
            paramLabel = "COUNT",
            defaultValue = "8192",
            description = "Commands in flight at most, at saturation always (${DEFAULT-VALUE}).")
    private int inFlight;

    @Option(
            names = "--rounds",
            paramLabel = "COUNT",
            defaultValue = "3",
            description = "Rounds of each load; a comparison needs three (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "Measured time of a round (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warmup-seconds",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "Before it, not counted (${DEFAULT-VALUE}).")
    private int warmUpSeconds;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "On the disk to be measured: each round makes a journal there and deletes it "
                    + "(data, below --out).")
    private Path dataDirectory;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "./bench/ring",
            description = "Where page, plots and .hgrm files go (${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--history",
            paramLabel = "DIR",
            defaultValue = "./bench",
            description = "Where earlier runs are kept and looked for (${DEFAULT-VALUE}).")
    private Path history;

    @Option(names = "--json", description = "Prints the results as one JSON object.")
    private boolean isJson;

    @Mixin
    private HelpOption help;

    RingCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        final RingConfig config = config();
        try {
            final RingResults results = new RingBench(config, console::progress).run();
            if (isJson) {
                console.out().println(JsonText.of(results::write));
            } else {
                console.out().print(results.text());
            }
            report(results);
            results.faults().forEach(console::say);
            return results.faults().isEmpty() ? ExitStatus.OK : ExitStatus.NO;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void report(final RingResults results) throws IOException {
        final Optional<RunComparison> comparison =
                new Comparisons(console, new RunHistory(history)).keep(results.record());
        console.say("page: " + new RingReport(results, out).write(comparison));
    }

    private RingConfig config() {
        final List<RingLoad> loads = new ArrayList<>();
        final List<Integer> producerCounts = numbers("--producers", producers, 1, RingConfig.PRODUCERS_MAX);
        for (final String mix : mixes) {
            for (final String rate : rates) {
                for (final int count : producerCounts) {
                    for (final long commitNs : commitIntervals()) {
                        for (final String spin : spins) {
                            addLoads(loads, mix(mix), rate, count, spinNs(spin), commitNs);
                        }
                    }
                }
            }
        }
        final int most =
                producerCounts.stream().mapToInt(Integer::intValue).max().orElseThrow();
        checkRange("--in-flight", inFlight, most, RingConfig.IN_FLIGHT_MAX);
        checkRange("--rounds", rounds, 1, ROUNDS_MAX);
        checkRange("--seconds", seconds, 1, SECONDS_MAX);
        checkRange("--warmup-seconds", warmUpSeconds, 0, SECONDS_MAX);
        if (loads.size() > RingConfig.LOADS_MAX) {
            throw new UsageException(
                    "--rates",
                    loads.size() + " loads in all, and " + RingConfig.LOADS_MAX + " are the most: shorten the lists");
        }
        return new RingConfig(
                loads,
                inFlight,
                producerWait(most),
                new RingConfig.Schedule(rounds, Duration.ofSeconds(warmUpSeconds), Duration.ofSeconds(seconds)),
                RingConfig.SEGMENT_LENGTH,
                dataDirectory == null ? out.resolve("data") : dataDirectory);
    }

    /** Saturation is measured twice: stamps cost the writer, and the rate is that without them. */
    private static void addLoads(
            final List<RingLoad> loads,
            final AnswerMix mix,
            final String rate,
            final int producers,
            final long spinNs,
            final long commitNs) {
        if (rate.equals(SATURATED)) {
            loads.add(new RingLoad(mix, RingLoad.SATURATED, producers, spinNs, commitNs, false));
            loads.add(new RingLoad(mix, RingLoad.SATURATED, producers, spinNs, commitNs, true));
        } else {
            final int perSecond = number("--rates", rate, 1, RingConfig.RATE_MAX);
            loads.add(new RingLoad(mix, perSecond, producers, spinNs, commitNs, true));
        }
    }

    private List<Long> commitIntervals() {
        if (commits == null) {
            return List.of(PipelineConfig.DEFAULT.commitIntervalNs());
        }
        return numbers("--commit-micros", commits, 0, MICROS_MAX).stream()
                .map(TimeUnit.MICROSECONDS::toNanos)
                .toList();
    }

    private static long spinNs(final String text) {
        return text.equals(ENDLESS)
                ? RingLoad.ENDLESS
                : TimeUnit.MICROSECONDS.toNanos(number("--spin-micros", text, 0, MICROS_MAX));
    }

    private static AnswerMix mix(final String text) {
        return Arrays.stream(AnswerMix.values())
                .filter(each -> each.label().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new UsageException("--mixes", "'" + text + "' is none of granted, sold-out, replays, drop"));
    }

    private ProducerWait producerWait(final int producerCount) {
        if (wait == null) {
            return producerCount < Runtime.getRuntime().availableProcessors() ? ProducerWait.SPIN : ProducerWait.PARK;
        }
        return switch (wait) {
            case "park" -> ProducerWait.PARK;
            case "spin" -> ProducerWait.SPIN;
            default -> throw new UsageException("--producer-wait", "'" + wait + "' is neither park nor spin");
        };
    }

    private static List<Integer> numbers(final String flag, final List<String> texts, final int least, final int most) {
        return texts.stream().map(text -> number(flag, text, least, most)).toList();
    }

    private static int number(final String flag, final String text, final int least, final int most) {
        try {
            return checkRange(flag, Integer.parseInt(text.strip()), least, most);
        } catch (final NumberFormatException e) {
            throw new UsageException(flag, "'" + text + "' is not a number from " + least + " to " + most);
        }
    }

    private static int checkRange(final String flag, final int value, final int least, final int most) {
        if (value < least || value > most) {
            throw new UsageException(flag, value + " is not from " + least + " to " + most);
        }
        return value;
    }
}
