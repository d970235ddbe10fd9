package io.holdfast.settlement.postgres;

import io.holdfast.core.Command;
import io.holdfast.embedded.EmbeddedPostgres;
import io.holdfast.journal.Journal;
import io.holdfast.journal.JournalConfig;
import io.holdfast.journal.JournalFiles;
import io.holdfast.settlement.follow.FollowerException;
import io.holdfast.settlement.log.CommittedLog;
import io.holdfast.settlement.log.JournalLog;
import io.holdfast.settlement.log.SampleLog;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * How fast orders are settled, and in how much memory; run by hand, in two processes, since the core that makes the journal
 * keeps all of it in memory and settlement does not:
 *
 * <pre>
 *   java -Xmx4g … SettlementMeasurement make   DIRECTORY 1000000
 *   java -Xmx64m … SettlementMeasurement settle DIRECTORY         (or: settle-with-webhooks, resync)
 * </pre>
 *
 * {@code resync} needs a journal made with {@code make-trimmed}: its history is gone but for a snapshot.
 */
final class SettlementMeasurement {
    private static final PrintStream OUT = System.out;
    private static final int SEGMENT_LENGTH = 64 * 1024 * 1024;
    private static final int HOLDS_PER_COMMIT = 200;

    private SettlementMeasurement() {}

    public static void main(final String[] args) throws Exception {
        final Path directory = Path.of(args[1]);
        switch (args[0]) {
            case "make" -> make(directory, Integer.parseInt(args[2]), false);
            case "make-trimmed" -> make(directory, Integer.parseInt(args[2]), true);
            case "settle", "resync" -> settle(directory, Optional.empty());
            case "settle-with-webhooks" -> settle(directory, Optional.of(new SettlementRun.PlainBodies()));
            default -> throw new IllegalArgumentException(args[0] + " is not a measurement");
        }
    }

    private static void make(final Path directory, final int orders, final boolean isTrimmed) {
        try (SampleLog sample = SampleLog.create(directory, SEGMENT_LENGTH)) {
            sample.run("create berlin GA=10000000@4500 EUR hold=300");
            for (int i = 1; i <= orders; i++) {
                sample.add(Command.place(i, "berlin", "buyer-" + i, "key-" + i, new Command.Item("GA", 1)));
                sample.add(Command.pay("pi_3MtwBwLkdIwHu7ix28a" + i, i, 4_500, "EUR"));
                if (i % HOLDS_PER_COMMIT == 0) {
                    sample.commit();
                }
            }
            sample.commit();
            if (isTrimmed) {
                sample.snapshot();
                OUT.println(
                        sample.trim(sample.log().newestSnapshot().orElseThrow().position()) + " segments trimmed");
            }
        }
        OUT.println(orders + " orders made");
    }

    private static void settle(final Path directory, final Optional<SettlementRun.PlainBodies> bodies)
            throws Exception {
        final JournalConfig config = new JournalConfig(directory, SEGMENT_LENGTH, 1024 * 1024, 0);
        final Path home = directory.resolveSibling(directory.getFileName() + "-postgres");
        try (Journal journal = Journal.open(config, JournalFiles.real());
                EmbeddedPostgres server = EmbeddedPostgres.start(home)) {
            final TestDatabase target = TestDatabase.create(server);
            final CommittedLog log = new JournalLog(journal, directory, JournalFiles.real());
            try (Database database = Database.open(target.config());
                    SettlementFollower follower = new SettlementFollower(
                            log, database, bodies.map(each -> each), false, SettlementMeasurement::fail)) {
                follower.step();
                final long begunNs = System.nanoTime();
                follow(follower, log.endSequence());
                report(follower, target, (System.nanoTime() - begunNs) / 1e9);
            }
        }
    }

    private static void fail(final Throwable e) {
        throw new AssertionError(e);
    }

    private static void follow(final SettlementFollower follower, final long endSequence)
            throws FollowerException, InterruptedException {
        while (follower.status().sequence() < endSequence) {
            follower.step();
        }
    }

    private static void report(final SettlementFollower follower, final TestDatabase target, final double seconds) {
        final long orders = target.count("orders");
        final long rows =
                orders + target.count("payments") + target.count("order_items") + target.count("webhook_outbox");
        long peakBytes = 0;
        for (final MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                peakBytes += pool.getPeakUsage().getUsed();
            }
        }
        OUT.printf(
                Locale.ROOT,
                "%d orders in %.1f s: %.0f orders/s, %.0f rows/s, %d batches; heap at most %d MiB of %d; %s%n",
                orders,
                seconds,
                orders / seconds,
                rows / seconds,
                follower.figures().batches(),
                peakBytes >> 20,
                Runtime.getRuntime().maxMemory() >> 20,
                follower.status());
    }
}
