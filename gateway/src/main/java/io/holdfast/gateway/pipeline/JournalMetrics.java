package io.holdfast.gateway.pipeline;

import io.holdfast.journal.Journal;
import io.holdfast.journal.JournalDisk;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Metrics of a journal. All are read when Prometheus asks, but for those of its batches: the writer adds to them at each. */
public final class JournalMetrics {
    private JournalMetrics() {}

    /** Before the journal is started. */
    public static void bind(final Journal journal, final MeterRegistry registry) {
        final Timer syncs = Timer.builder("holdfast.journal.sync")
                .description("Write and sync of one batch.")
                .serviceLevelObjectives(
                        Duration.ofNanos(100_000),
                        Duration.ofNanos(250_000),
                        Duration.ofNanos(500_000),
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(25),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1))
                .register(registry);
        final DistributionSummary records = DistributionSummary.builder("holdfast.journal.batch.records")
                .description("Records of one batch.")
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256, 1_024)
                .register(registry);
        journal.syncListener((nanos, count, bytes) -> {
            syncs.record(nanos, TimeUnit.NANOSECONDS);
            records.record(count);
        });
        gauge(
                registry,
                "holdfast.journal.durable.position",
                "End of what is synced, in bytes.",
                journal,
                Journal::durablePosition);
        gauge(registry, "holdfast.journal.durable.sequence", "Last command synced.", journal, Journal::durableSequence);
        gauge(
                registry,
                "holdfast.journal.segments",
                "Segment files, the spare included.",
                journal.disk(),
                JournalDisk::segmentCount);
        gauge(
                registry,
                "holdfast.journal.disk.free.bytes",
                "Free bytes of the journal's disk.",
                journal.disk(),
                JournalDisk::freeBytes);
        gauge(
                registry,
                "holdfast.journal.preparation.failures",
                "Attempts to make a spare segment that failed.",
                journal.disk(),
                JournalDisk::preparationFailures);
        gauge(
                registry,
                "holdfast.journal.full",
                "1 while new holds are refused for want of disk.",
                journal,
                each -> each.isFull() ? 1 : 0);
    }

    private static <T> void gauge(
            final MeterRegistry registry,
            final String name,
            final String description,
            final T subject,
            final ToDoubleFunction<T> value) {
        Gauge.builder(name, subject, value).description(description).register(registry);
    }
}
