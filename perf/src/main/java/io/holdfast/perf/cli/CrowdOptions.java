package io.holdfast.perf.cli;

import io.holdfast.gateway.cli.DurationConverter;
import io.holdfast.gateway.cli.UsageException;
import io.holdfast.perf.load.ArrivalTimes;
import io.holdfast.perf.load.Arrivals;
import io.holdfast.perf.load.JournalArrivals;
import io.holdfast.perf.rehearsal.Crowd;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who comes. */
final class CrowdOptions {
    private static final Duration WINDOW_MAX = Duration.ofHours(1);

    @Option(names = "--buyers", paramLabel = "N", defaultValue = "50000", description = "(${DEFAULT-VALUE}).")
    private int buyers;

    @Option(
            names = "--window",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "30s",
            description = "In which they come (${DEFAULT-VALUE}).")
    private Duration window;

    @Mixin
    private ArrivalOptions arrivals;

    @Option(
            names = "--replay",
            paramLabel = "DATA-DIR",
            description = "Instead of --buyers, --window and --arrivals: as the buy requests in that journal came.")
    private Path replay;

    @Option(names = "--bots", paramLabel = "N", defaultValue = "4", description = "(${DEFAULT-VALUE}).")
    private int bots;

    @Option(
            names = "--bot-connections",
            paramLabel = "N",
            defaultValue = "100",
            description = "Presses that a bot makes at once, each on a connection (${DEFAULT-VALUE}).")
    private int botConnections;

    int buyers() {
        return buyers;
    }

    Crowd crowd() {
        ArrivalOptions.check("--buyers", buyers, 1, Crowd.BUYERS_MAX);
        ArrivalOptions.check("--window", window.toMillis(), 1, WINDOW_MAX.toMillis());
        if (replay == null) {
            return crowd(arrivals.shape().times(buyers, window.toNanos(), arrivals.seed()), window);
        }
        final ArrivalTimes times = replayed();
        final long lastNs = Math.max(1, times.at(times.count() - 1));
        return crowd(times, "as in " + replay, lastNs);
    }

    private ArrivalTimes replayed() {
        try {
            return JournalArrivals.read(replay, arrivals.seed());
        } catch (final IllegalArgumentException e) {
            throw new UsageException("--replay: " + e.getMessage());
        }
    }

    /** A crowd at a steady rate, for one step of a search. */
    Crowd atRate(final double perSecond, final Duration step) {
        final Arrivals shape = arrivals.shape();
        return crowd(shape.atRate(perSecond, step.toNanos(), arrivals.seed()), step);
    }

    private Crowd crowd(final ArrivalTimes times, final Duration within) {
        return crowd(times, arrivals.shape().label() + " within " + within.toMillis() + " ms", within.toNanos());
    }

    private Crowd crowd(final ArrivalTimes times, final String shape, final long windowNs) {
        try {
            return new Crowd(times, shape, windowNs, bots, botConnections, arrivals.seed());
        } catch (final IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
