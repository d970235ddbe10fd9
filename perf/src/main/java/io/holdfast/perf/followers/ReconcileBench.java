package io.holdfast.perf.followers;

import io.holdfast.perf.report.Figure;
import io.holdfast.perf.report.Goal;
import io.holdfast.perf.report.Numbers;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes orders, settles them, and has a process with a small heap compare journal and Postgres. */
public final class ReconcileBench {
    private final ReconcilePlan plan;
    private final HeapLimited settling;
    private final HeapLimited comparing;
    private final Consumer<String> progress;

    /**
     * @param launcher the word with which the user would start the same by hand
     * @param settle arguments of the command that runs {@link SettlementStep} and prints its figures; the home is added
     * @param compare the same for {@link ReconcileStep}
     * @param progress told what is done, a line each
     */
    public ReconcileBench(
            final ReconcilePlan plan,
            final String launcher,
            final List<String> settle,
            final List<String> compare,
            final Consumer<String> progress) {
        this.plan = plan;
        this.settling = new HeapLimited(launcher, SettlementPlan.HEAP_MIB_DEFAULT, settle);
        this.comparing = new HeapLimited(launcher, plan.heapMib(), compare);
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
                false,
                count -> progress.accept(Numbers.text((long) count) + " orders made"));
        settling.run(workspace);
        final Measured measured = comparing.run(workspace);
        final Map<String, Long> counts = new LinkedHashMap<>();
        measured.figures().keySet().stream()
                .filter(name -> name.startsWith(ReconcileStep.COMPARED))
                .forEach(name -> counts.put(name, measured.count(name)));
        counts.put("differences", measured.count(ReconcileStep.DIFFERENCES));
        counts.put("rows not checked", measured.count(ReconcileStep.UNCHECKED));
        final Map<String, String> settings = Map.of(
                "orders", String.valueOf(plan.orders()),
                "heap MiB", String.valueOf(plan.heapMib()),
                "file system", workspace.fileSystem());
        return new FollowerResults("reconcile", settings, figures(measured), counts)
                .expect(ReconcileStep.COMPARED + "orders", plan.orders())
                .expect(ReconcileStep.COMPARED + "payments", plan.orders())
                .expect("differences", 0)
                .expect("rows not checked", 0);
    }

    private List<Figure> figures(final Measured measured) {
        final double seconds = measured.figure(Measured.SECONDS);
        return List.of(
                SettlementBench.figure("time", "s", Goal.LOWER, seconds),
                SettlementBench.figure("orders compared", "1/s", Goal.HIGHER, plan.orders() / seconds),
                SettlementBench.figure("heap used at most", "MiB", Goal.LOWER, measured.figure(Measured.HEAP_MIB_MAX)));
    }
}
