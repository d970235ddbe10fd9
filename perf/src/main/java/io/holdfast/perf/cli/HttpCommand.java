package io.holdfast.perf.cli;

import io.holdfast.gateway.StartRefusedException;
import io.holdfast.gateway.cli.Console;
import io.holdfast.gateway.cli.DurationConverter;
import io.holdfast.gateway.cli.ExitStatus;
import io.holdfast.gateway.cli.HelpOption;
import io.holdfast.gateway.cli.UsageException;
import io.holdfast.perf.load.AnswerHandler;
import io.holdfast.perf.load.ArrivalTimes;
import io.holdfast.perf.load.Descriptors;
import io.holdfast.perf.load.HoldRequests;
import io.holdfast.perf.load.HttpTarget;
import io.holdfast.perf.load.JournalArrivals;
import io.holdfast.perf.load.LoadPlan;
import io.holdfast.perf.load.LoadReport;
import io.holdfast.perf.load.LoadResult;
import io.holdfast.perf.load.LoadRun;
import io.holdfast.perf.load.WirePlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench http}. */
@Command(
        name = "http",
        sortOptions = false,
        description = "Sends buy requests to a server, each when it is due, and measures from then.",
        footer = {
            "",
            "Each request has a buyer and an Idempotency-Key of its own. A server that answers a constant is as good.",
            "Give --closed for the most that a server answers on so many connections.",
            "",
            "Exit status: 0 every request was answered, 1 some were not, 2 wrong usage, 3 the server cannot be reached."
        })
final class HttpCommand implements Callable<Integer> {
    private static final double RATE_MAX = 1_000_000;
    private static final int CONNECTIONS_MAX = 60_000;
    private static final int RADIX = 36;

    /** Connections that one source address bears before its ports run out, with some that rest. */
    private static final int CONNECTIONS_PER_SOURCE = 8_000;

    private final Console console;

    @Mixin
    private TargetOptions target;

    @Mixin
    private ApiKeyOption key;

    @Option(names = "--drop", paramLabel = "DROP", defaultValue = "demo", description = "The drop (${DEFAULT-VALUE}).")
    private String drop;

    @Option(
            names = "--sku",
            paramLabel = "SKU",
            defaultValue = "GA",
            description = "What is bought (${DEFAULT-VALUE}).")
    private String sku;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Requests a second (${DEFAULT-VALUE}).")
    private double rate;

    @Mixin
    private ArrivalOptions arrivals;

    @Option(
            names = "--replay",
            paramLabel = "DATA-DIR",
            description = "Instead of --rate: the arrival times of the buy requests in that journal.")
    private Path replay;

    @Option(names = "--closed", description = "Instead of --rate: the next request when the last one is answered.")
    private boolean isClosed;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "256",
            description = "Connections, one request in flight on each (${DEFAULT-VALUE}).")
    private int connections;

    @Option(names = "--new-connections", description = "A new connection for each request, so many open at most.")
    private boolean isNewEachRequest;

    @Option(
            names = "--sources",
            paramLabel = "N",
            description = "Addresses 127.0.0.1 and up to come from (as many as the connections need).")
    private Integer sources;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "10s",
            description = "How long, the warm-up not counted (${DEFAULT-VALUE}).")
    private Duration duration;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "3s",
            description = "How long before (${DEFAULT-VALUE}).")
    private Duration warmUp;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "10s",
            description = "After which a request is unanswered (${DEFAULT-VALUE}).")
    private Duration timeout;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the generator (${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--spin",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "0ms",
            description = "How long before something is due to look instead of to sleep (${DEFAULT-VALUE}).")
    private Duration spin;

    @Option(names = "--always-spin", description = "Never sleeps: for machines with a core to spare.")
    private boolean isAlwaysSpinning;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean isJson;

    @Mixin
    private HelpOption help;

    HttpCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws StartRefusedException, InterruptedException {
        final HttpTarget reachable = target.reachable();
        final LoadPlan plan = plan(reachable);
        final String run = Long.toString(System.currentTimeMillis(), RADIX);
        final HoldRequests requests = new HoldRequests(reachable, key.apiKey(), drop, sku, run);
        final LoadRun started = isClosed
                ? LoadRun.closed(plan, warmUp.plus(duration).toNanos(), requests, AnswerHandler.NONE)
                : LoadRun.open(plan, arrivalTimes(), requests, AnswerHandler.NONE);
        final LoadResult result = new ProgressLine(console).await(started);
        final LoadReport report = new LoadReport(plan, shape(), result);
        console.out().print(isJson ? report.json() + "\n" : report.text());
        return result.outcome().unanswered() == 0 ? ExitStatus.OK : ExitStatus.NO;
    }

    private LoadPlan plan(final HttpTarget reachable) {
        ArrivalOptions.check("--rate", rate, 0.01, RATE_MAX);
        ArrivalOptions.check("--connections", connections, 1, Math.min(CONNECTIONS_MAX, Descriptors.connectionsMax()));
        final boolean isManySourced = isNewEachRequest || connections > CONNECTIONS_PER_SOURCE;
        final int sourcesNeeded = isManySourced && reachable.isLoopback() ? sourcesFor(reachable) : 0;
        try {
            final WirePlan wire = new WirePlan(
                    reachable,
                    sources == null ? sourcesNeeded : sources,
                    connections,
                    isAlwaysSpinning ? WirePlan.ALWAYS_SPIN : spin.toNanos());
            return new LoadPlan(wire, connections, isNewEachRequest, threads, warmUp.toNanos(), timeout.toNanos());
        } catch (final IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** A new connection each time uses a port each time, and the system lets it rest for a minute. */
    private int sourcesFor(final HttpTarget reachable) {
        if (reachable.address().getAddress().getAddress().length != 4) {
            return 0;
        }
        final double perMinute =
                isNewEachRequest ? Math.min(60, warmUp.plus(duration).toSeconds() + 1) * rate : connections;
        return Math.max(1, Math.min(WirePlan.SOURCES_MAX, (int) (perMinute / CONNECTIONS_PER_SOURCE) + 1));
    }

    private ArrivalTimes arrivalTimes() {
        final ArrivalTimes measured = replay == null
                ? arrivals.shape().atRate(rate, duration.toNanos(), arrivals.seed())
                : JournalArrivals.read(replay, arrivals.seed());
        if (warmUp.isZero()) {
            return measured;
        }
        final ArrivalTimes before = arrivals.shape().atRate(rate, warmUp.toNanos(), arrivals.seed() + 1);
        return before.then(warmUp.toNanos(), measured);
    }

    private String shape() {
        if (isClosed) {
            return "closed loop for " + duration.toMillis() + " ms";
        }
        return replay != null
                ? "replay of " + replay
                : arrivals.shape().label() + " at " + rate + "/s for " + duration.toMillis() + " ms, seed "
                        + arrivals.seed();
    }
}
