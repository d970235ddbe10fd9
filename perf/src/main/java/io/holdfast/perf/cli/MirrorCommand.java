package io.holdfast.perf.cli;

import io.holdfast.gateway.StartRefusedException;
import io.holdfast.gateway.cli.Console;
import io.holdfast.gateway.cli.HelpOption;
import io.holdfast.gateway.cli.UsageException;
import io.holdfast.perf.followers.MirrorBench;
import io.holdfast.perf.followers.MirrorPlan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench mirror}. */
@Command(
        name = "mirror",
        sortOptions = false,
        description = "Measures how soon a hold can be seen in Redis, and how fast Redis is made right again.",
        footer = {
            "",
            "Places holds at a rate and looks for each batch in a new embedded Redis; places the rest at once;",
            "flushes Redis and has the mirror rebuild it, from the log and from a snapshot; has it compare a",
            "Redis that is right; and watches it with nothing to do. Lag counts from when a hold was durable.",
            "",
            "In seconds: --holds 5000 --rate 500 --seconds 1",
            "",
            "Exit status: 0 Redis holds what it should, 1 it does not, 2 wrong usage, 3 cannot measure."
        })
final class MirrorCommand implements Callable<Integer> {
    private static final int RATE_MAX = 1_000_000;
    private static final int SECONDS_MAX = 3_600;

    private final Console console;

    @Option(
            names = "--holds",
            paramLabel = "COUNT",
            defaultValue = "1000000",
            description = "Live holds in the end (${DEFAULT-VALUE}).")
    private int holds;

    @Option(
            names = "--rate",
            paramLabel = "COUNT",
            defaultValue = "5000",
            description = "Holds a second while lag is measured (${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long that is, and how long the mirror is watched idle (${DEFAULT-VALUE}).")
    private int seconds;

    @Mixin
    private FollowerOptions common;

    @Mixin
    private HelpOption help;

    MirrorCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws StartRefusedException, InterruptedException {
        FollowerOptions.checkRange("--rate", rate, MirrorPlan.RATE_MIN, RATE_MAX);
        FollowerOptions.checkRange("--seconds", seconds, 1, SECONDS_MAX);
        FollowerOptions.checkRange("--holds", holds, 1, MirrorPlan.HOLDS_MAX);
        if ((long) rate * seconds >= holds) {
            throw new UsageException(
                    "--holds",
                    holds + " are placed within " + seconds + " s at " + rate + " a second already; give more than "
                            + (long) rate * seconds);
        }
        return common.run(console, new MirrorBench(new MirrorPlan(holds, rate, seconds), console::progress)::run);
    }
}
