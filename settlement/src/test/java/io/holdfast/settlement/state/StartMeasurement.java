package io.holdfast.settlement.state;

import io.holdfast.core.Command;
import io.holdfast.core.StateMachine;
import io.holdfast.journal.Journal;
import io.holdfast.journal.JournalConfig;
import io.holdfast.journal.JournalFiles;
import io.holdfast.journal.SnapshotStore;
import io.holdfast.settlement.log.JournalLog;
import io.holdfast.settlement.log.SampleLog;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/**
 * Measures by hand how long a start takes, outside the suite:
 *
 * <pre>
 *   StartMeasurement generate DIR RECORDS [UNITS]   a history, with a snapshot every million records, two kept; with few
 *                                           units a drop most people are told that it is sold out, as on a real day
 *   StartMeasurement start DIR              opens and recovers it, as a server does before it is ready
 *   StartMeasurement snapshot DIR           recovers it, and makes a snapshot as the follower does
 * </pre>
 */
final class StartMeasurement {
    private static final int SEGMENT_LENGTH = 64 * 1024 * 1024;
    private static final int SNAPSHOT_RECORDS = 1_000_000;
    private static final int DROPS = 8;
    private static final int UNITS_PLENTY = 2_000_000;

    private StartMeasurement() {}

    public static void main(final String[] arguments) throws IOException {
        final Path data = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "generate" ->
                generate(
                        data,
                        Integer.parseInt(arguments[2]),
                        arguments.length > 3 ? Integer.parseInt(arguments[3]) : UNITS_PLENTY);
            case "start" -> start(data, false);
            case "snapshot" -> start(data, true);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void generate(final Path data, final int records, final int units) {
        final Random random = new Random(11);
        final SnapshotStore snapshots = SnapshotStore.open(data, JournalFiles.real());
        try (SampleLog sample = SampleLog.create(data, SEGMENT_LENGTH)) {
            for (int drop = 0; drop < DROPS; drop++) {
                sample.run("create drop-" + drop + " GA=" + units + "@4500 VIP=" + units / 4 + "@9900 EUR");
            }
            for (int i = sample.driver().sequence() > 0 ? DROPS + 1 : 0; i < records; i++) {
                sample.driver().advance(1);
                sample.add(command(random, i));
                if (i % SNAPSHOT_RECORDS == 0) {
                    sample.snapshot();
                    snapshots.keep(2);
                    System.out.println(i + " records");
                }
            }
            sample.commit();
            System.out.println(
                    "state hash " + Long.toHexString(sample.driver().core().stateHash()));
        }
    }

    private static Command command(final Random random, final int i) {
        final long recent = i - random.nextInt(Math.min(i, 100_000));
        final int dice = random.nextInt(100);
        if (dice < 60) {
            final Command.Item item = new Command.Item("GA", 1 + dice % 2);
            return Command.place(i, "drop-" + i % DROPS, "buyer-" + random.nextInt(5_000_000), "key-" + i, item);
        }
        if (dice < 85) {
            return Command.pay("pi_" + i, recent, 4_500, "EUR");
        }
        return Command.ofHold(dice < 95 ? Command.Kind.RELEASE : Command.Kind.EXTEND, recent);
    }

    private static void start(final Path data, final boolean withSnapshot) throws IOException {
        final long openNs = System.nanoTime();
        final Journal journal = Journal.open(JournalConfig.defaults(data), JournalFiles.real());
        final long recoverNs = System.nanoTime();
        final JournalLog log = new JournalLog(journal, data, JournalFiles.real());
        final long[] lastNs = {recoverNs};
        final StateMachine core = new StateRecovery(log, 42, records -> {
                    final long nowNs = System.nanoTime();
                    say("%,d records applied, the last of them %.2f M/s", records, 1e9 / (nowNs - lastNs[0]));
                    lastNs[0] = nowNs;
                })
                .recover();
        final long readyNs = System.nanoTime();
        final long read = journal.recovery().recordCount();
        say(
                "open %.2f s (%,d records verified), recover %.2f s",
                (recoverNs - openNs) / 1e9, read, (readyNs - recoverNs) / 1e9);
        say(
                "ready after %.2f s, sequence %,d, live holds %,d",
                (readyNs - openNs) / 1e9, core.sequence(), core.liveHolds());
        if (withSnapshot) {
            final SnapshotStore store = SnapshotStore.open(data, JournalFiles.real());
            final long snapshotNs = System.nanoTime();
            new SnapshotMaker(store, log.id(), new Ending()).make(core, journal.durablePosition());
            say("snapshot %.2f s", (System.nanoTime() - snapshotNs) / 1e9);
        }
        say(
                "processor time of this thread so far %.2f s",
                ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9);
        say("state hash %x", core.stateHash());
        Files.lines(Path.of("/proc/self/status"))
                .filter(line -> line.startsWith("VmHWM"))
                .forEach(System.out::println);
        journal.close();
    }

    private static void say(final String format, final Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
