package io.holdfast.perf.cli;

import io.holdfast.gateway.StartRefusedException;
import io.holdfast.gateway.cli.Console;
import io.holdfast.gateway.cli.HelpOption;
import io.holdfast.gateway.cli.UsageException;
import io.holdfast.perf.followers.SettlementBench;
import io.holdfast.perf.followers.SettlementPlan;
import io.holdfast.perf.followers.SettlementStep;
import io.holdfast.perf.report.Numbers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench settlement}. */
@Command(
        name = "settlement",
        sortOptions = false,
        description = "Measures how fast orders are settled into Postgres, and in how much heap.",
        footer = {
            "",
            "Makes a journal of orders, each a hold that is paid, and settles all of it, in a process with a",
            "small heap, into a new embedded Postgres, which syncs what it commits. Making is not measured.",
            "",
            "In seconds: --orders 2000",
            "",
            "Exit status: 0 all was settled, 1 the tables hold something else, 2 wrong usage, 3 cannot measure."
        })
final class SettlementCommand implements Callable<Integer> {
    private static final String WEBHOOKS = "--webhooks";
    private static final String STEP = "--settle-only";

    /** Of the command line that settles what lies in the directory that is named behind it. */
    static final List<String> SETTLE = List.of("bench", "settlement", STEP);

    private final Console console;

    @Option(
            names = "--orders",
            paramLabel = "COUNT",
            defaultValue = "1000000",
            description = "Orders of one unit each (${DEFAULT-VALUE}).")
    private int orders;

    @Option(names = WEBHOOKS, description = "Puts a webhook's message into the outbox with each order, too.")
    private boolean isWithWebhooks;

    @Option(names = "--resync", description = "History is gone but for a snapshot: settlement goes by way of that.")
    private boolean isResync;

    @Option(
            names = "--heap-mib",
            paramLabel = "MIB",
            defaultValue = "" + SettlementPlan.HEAP_MIB_DEFAULT,
            description = "Heap of the process that settles (${DEFAULT-VALUE}).")
    private int heapMib;

    @Mixin
    private FollowerOptions common;

    @Option(names = STEP, hidden = true, description = "Settles what is there, in this process.")
    private Path home;

    @Mixin
    private HelpOption help;

    SettlementCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws StartRefusedException, InterruptedException {
        return home == null ? measure() : settle();
    }

    private int measure() throws StartRefusedException, InterruptedException {
        FollowerOptions.checkRange("--orders", orders, 1, SettlementPlan.ORDERS_MAX);
        if (isResync && orders < SettlementPlan.RESYNC_ORDERS_MIN) {
            throw new UsageException(
                    "--orders",
                    orders + " are too few to trim their history; with --resync give "
                            + SettlementPlan.RESYNC_ORDERS_MIN + " or more");
        }
        final SettlementPlan plan =
                new SettlementPlan(orders, isWithWebhooks, isResync, FollowerOptions.checkHeap(heapMib));
        final List<String> step = new ArrayList<>(SETTLE);
        if (isWithWebhooks) {
            step.add(step.size() - 1, WEBHOOKS);
        }
        return common.run(console, new SettlementBench(plan, console.command(), step, console::progress)::run);
    }

    private int settle() throws StartRefusedException, InterruptedException {
        return FollowerOptions.step(
                console,
                () -> SettlementStep.run(
                        home,
                        isWithWebhooks,
                        sequence -> console.progress(Numbers.text(sequence) + " records settled")));
    }
}
