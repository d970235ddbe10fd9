package io.holdfast.perf.followers;

import io.holdfast.embedded.EmbeddedPostgres;
import io.holdfast.settlement.reconcile.ReconcileConfig;
import io.holdfast.settlement.reconcile.ReconcileReport;
import io.holdfast.settlement.reconcile.Reconciler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Compares the journal and the Postgres that lie in a home, as {@code reconcile} does, on the calling thread. */
public final class ReconcileStep {
    static final String DIFFERENCES = "differences";
    static final String UNCHECKED = "unchecked";

    /** Before the names of what was compared, as the report has them. */
    static final String COMPARED = "compared ";

    private static final int SHOWN_MAX = 10;
    private static final double NS_PER_SECOND = 1e9;
    private static final long PROGRESS_NS = TimeUnit.SECONDS.toNanos(1);

    private ReconcileStep() {}

    /**
     * Compares; Postgres has been ended on return.
     *
     * @param onProgress told the number of records and rows that were looked at, about once a second
     * @throws IOException when Postgres does not start
     */
    public static Measured run(final Path home, final LongConsumer onProgress)
            throws IOException, InterruptedException {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(home.resolve(SettlementStep.POSTGRES))) {
            final ReconcileConfig config = new ReconcileConfig(
                    home.resolve(SettlementStep.DATA),
                    Optional.empty(),
                    Optional.of(SettlementStep.config(server)),
                    Optional.empty(),
                    false,
                    SHOWN_MAX);
            final long begunNs = System.nanoTime();
            final ReconcileReport report = new Reconciler(config, new Shown(onProgress)::add).run();
            final Map<String, Double> figures = new TreeMap<>();
            figures.put(Measured.SECONDS, (System.nanoTime() - begunNs) / NS_PER_SECOND);
            figures.put(Measured.HEAP_MIB_MAX, HeapPeak.mib());
            figures.put(DIFFERENCES, (double) report.differenceCount());
            figures.put(UNCHECKED, (double) report.unchecked());
            report.compared().forEach((kind, count) -> figures.put(COMPARED + kind, (double) count));
            return new Measured(figures);
        }
    }

    /** Adds up what is told in small pieces. */
    private static final class Shown {
        private final LongConsumer onProgress;
        private long count;
        private long shownNs = System.nanoTime();

        private Shown(final LongConsumer onProgress) {
            this.onProgress = onProgress;
        }

        private void add(final int more) {
            count += more;
            if (System.nanoTime() - shownNs > PROGRESS_NS) {
                shownNs = System.nanoTime();
                onProgress.accept(count);
            }
        }
    }
}
