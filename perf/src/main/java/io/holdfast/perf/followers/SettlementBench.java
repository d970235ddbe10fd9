package io.holdfast.perf.followers;

import io.holdfast.perf.report.Figure;
import io.holdfast.perf.report.Goal;
import io.holdfast.perf.report.Numbers;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Makes orders, and has a process with a small heap settle them. */
public final class SettlementBench {
    private final SettlementPlan plan;
    private final HeapLimited child;
    private final Consumer<String> progress;

    /**
     * @param launcher the word with which the user would start the same by hand
     * @param arguments of the command that runs {@link SettlementStep} and prints its figures; the home is added
     * @param progress told what is done, a line each
     */
    public SettlementBench(
            final SettlementPlan plan,
            final String launcher,
            final List<String> arguments,
            final Consumer<String> progress) {
        this.plan = plan;
        this.child = new HeapLimited(launcher, plan.heapMib(), arguments);
        this.progress = progress;
    }

    /**
     * Measures in a workspace, which is the caller's to close.
     *
     * @throws IOException when a step failed: the message says which, and what to do
     */
    public FollowerResults run(final Workspace workspace) throws IOException, InterruptedException {
        OrderJournal.make(
                workspace.home().resolve(SettlementStep.DATA),
                plan.orders(),
                plan.isResync(),
                count -> progress.accept(Numbers.text((long) count) + " orders made"));
        return judge(child.run(workspace), workspace.fileSystem());
    }

    private FollowerResults judge(final Measured measured, final String fileSystem) {
        final Map<String, String> settings = Map.of(
                "orders",
                String.valueOf(plan.orders()),
                "webhooks",
                plan.isWithWebhooks() ? "into the outbox" : "none",
                "from",
                plan.isResync() ? "a snapshot" : "the journal's beginning",
                "heap MiB",
                String.valueOf(plan.heapMib()),
                "file system",
                fileSystem);
        final Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("orders", measured.count(SettlementStep.ORDERS));
        counts.put("payments", measured.count(SettlementStep.PAYMENTS));
        counts.put("order items", measured.count(SettlementStep.ITEMS));
        counts.put("webhook messages", measured.count(SettlementStep.MESSAGES));
        counts.put("quarantined", measured.count(SettlementStep.QUARANTINED));
        return new FollowerResults("settlement", settings, figures(measured), counts)
                .expect("orders", plan.orders())
                .expect("payments", plan.orders())
                .expect("order items", plan.orders())
                .expect("webhook messages", plan.isWithWebhooks() ? plan.orders() : 0)
                .expect("quarantined", 0);
    }

    private static List<Figure> figures(final Measured measured) {
        final double seconds = measured.figure(Measured.SECONDS);
        final double rows = Stream.of(
                        SettlementStep.ORDERS, SettlementStep.PAYMENTS, SettlementStep.ITEMS, SettlementStep.MESSAGES)
                .mapToDouble(measured::figure)
                .sum();
        return List.of(
                figure("orders settled", "1/s", Goal.HIGHER, measured.figure(SettlementStep.ORDERS) / seconds),
                figure("rows written", "1/s", Goal.HIGHER, rows / seconds),
                figure("time", "s", Goal.LOWER, seconds),
                figure("heap used at most", "MiB", Goal.LOWER, measured.figure(Measured.HEAP_MIB_MAX)),
                figure("transactions", "", Goal.LOWER, measured.figure(SettlementStep.TRANSACTIONS)));
    }

    static Figure figure(final String name, final String unit, final Goal goal, final double value) {
        return new Figure(name, unit, goal, List.of(value));
    }
}
