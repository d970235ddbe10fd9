package io.holdfast.perf.cli;

import io.holdfast.gateway.StartRefusedException;
import io.holdfast.gateway.cli.Console;
import io.holdfast.gateway.cli.HelpOption;
import io.holdfast.perf.followers.ReconcileBench;
import io.holdfast.perf.followers.ReconcilePlan;
import io.holdfast.perf.followers.ReconcileStep;
import io.holdfast.perf.followers.SettlementPlan;
import io.holdfast.perf.report.Numbers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench reconcile}; {@code reconcile} itself is the gateway's command. */
@Command(
        name = "reconcile",
        sortOptions = false,
        description = "Measures how long reconciliation takes over many orders, and in how much heap.",
        footer = {
            "",
            "Makes a journal of orders, each a hold that is paid, settles all of it into a new embedded",
            "Postgres, and compares the two, in a process with a small heap, as './holdfast reconcile' does.",
            "Only comparing is measured.",
            "",
            "In seconds: --orders 2000",
            "",
            "Exit status: 0 all was compared and is the same, 1 it is not, 2 wrong usage, 3 cannot measure."
        })
final class ReconcileBenchCommand implements Callable<Integer> {
    private static final String STEP = "--compare-only";

    private final Console console;

    @Option(
            names = "--orders",
            paramLabel = "COUNT",
            defaultValue = "1000000",
            description = "Orders of one unit each (${DEFAULT-VALUE}).")
    private int orders;

    @Option(
            names = "--heap-mib",
            paramLabel = "MIB",
            defaultValue = "128",
            description = "Heap of the process that compares (${DEFAULT-VALUE}).")
    private int heapMib;

    @Mixin
    private FollowerOptions common;

    @Option(names = STEP, hidden = true, description = "Compares what is there, in this process.")
    private Path home;

    @Mixin
    private HelpOption help;

    ReconcileBenchCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws StartRefusedException, InterruptedException {
        if (home != null) {
            return compare();
        }
        final ReconcilePlan plan = new ReconcilePlan(
                FollowerOptions.checkRange("--orders", orders, 1, SettlementPlan.ORDERS_MAX),
                FollowerOptions.checkHeap(heapMib));
        final List<String> compare = List.of("bench", "reconcile", STEP);
        final ReconcileBench bench =
                new ReconcileBench(plan, console.command(), SettlementCommand.SETTLE, compare, console::progress);
        return common.run(console, bench::run);
    }

    private int compare() throws StartRefusedException, InterruptedException {
        return FollowerOptions.step(
                console,
                () -> ReconcileStep.run(
                        home, count -> console.progress(Numbers.text(count) + " records and rows compared")));
    }
}
