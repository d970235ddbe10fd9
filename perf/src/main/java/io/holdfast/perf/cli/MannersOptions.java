package io.holdfast.perf.cli;

import io.holdfast.gateway.cli.DurationConverter;
import io.holdfast.gateway.cli.UsageException;
import io.holdfast.perf.rehearsal.Manners;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What buyers do. */
final class MannersOptions {
    @Option(
            names = "--pay",
            paramLabel = "PERCENT",
            defaultValue = "70",
            description = "Of those with a hold pay (${DEFAULT-VALUE}).")
    private int payPercent;

    @Option(
            names = "--pay-twice",
            paramLabel = "PERCENT",
            defaultValue = "5",
            description = "Of those who pay do it twice (${DEFAULT-VALUE}).")
    private int payTwicePercent;

    @Option(
            names = "--release",
            paramLabel = "PERCENT",
            defaultValue = "10",
            description = "Of those with a hold give it back (${DEFAULT-VALUE}); the rest walk away.")
    private int releasePercent;

    @Option(
            names = "--think",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "2s",
            description = "Longest time from a hold to its payment (${DEFAULT-VALUE}).")
    private Duration think;

    @Option(
            names = "--retries",
            paramLabel = "N",
            defaultValue = "10",
            description = "How often somebody comes again, with the same key (${DEFAULT-VALUE}).")
    private int retries;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "5s",
            description = "How long somebody waits for an answer before that (${DEFAULT-VALUE}).")
    private Duration timeout;

    Manners manners() {
        try {
            return new Manners(
                    payPercent, payTwicePercent, releasePercent, think.toNanos(), retries, timeout.toNanos());
        } catch (final IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
