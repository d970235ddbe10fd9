package io.holdfast.perf.ring;

import com.sun.management.OperatingSystemMXBean;
import io.holdfast.core.StateMachine;
import io.holdfast.journal.Journal;
import io.holdfast.journal.JournalConfig;
import io.holdfast.journal.JournalFiles;
import io.holdfast.settlement.log.JournalLog;
import io.holdfast.settlement.state.HeadStart;
import io.holdfast.settlement.state.SlabReserve;
import io.holdfast.settlement.state.StateRecovery;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Opens a journal and recovers its state, as a server does before it is ready. Changes nothing but a torn
 * tail, unless it is to make a snapshot. */
public final class ServerStart {
    private static final double NS_PER_SECOND = 1e9;
    private static final long HASH_SEED = 42;
    private static final Path STATUS = Path.of("/proc/self/status");

    private ServerStart() {}

    /**
     * Runs on the calling thread.
     *
     * @param withSnapshot whether to make a snapshot of what was recovered, too, and keep it
     * @param onProgress told the number of records applied, about once every million
     */
    public static StartResult measure(final Path data, final boolean withSnapshot, final LongConsumer onProgress)
            throws IOException {
        final OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        final long beforeProcessorNs = process.getProcessCpuTime();
        final long openNs = System.nanoTime();
        try (SlabReserve memory = SlabReserve.start();
                HeadStart headStart = HeadStart.begin(data, JournalFiles.real(), HASH_SEED, memory);
                Journal journal = Journal.open(JournalConfig.defaults(data), JournalFiles.real())) {
            final long recoverNs = System.nanoTime();
            final PolledLog log = new PolledLog(new JournalLog(journal, data, JournalFiles.real()));
            final StateMachine core = new StateRecovery(log, headStart, onProgress).recover();
            final long readyNs = System.nanoTime();
            final long processorNs = process.getProcessCpuTime() - beforeProcessorNs;
            final Map<String, Double> figures = new HashMap<>();
            figures.put(StartResult.OPEN_SECONDS, (recoverNs - openNs) / NS_PER_SECOND);
            figures.put(StartResult.SNAPSHOT_SECONDS, (log.firstPollNs() - recoverNs) / NS_PER_SECOND);
            figures.put(StartResult.TAIL_SECONDS, (readyNs - log.firstPollNs()) / NS_PER_SECOND);
            figures.put(StartResult.READY_SECONDS, (readyNs - openNs) / NS_PER_SECOND);
            if (withSnapshot) {
                new Snapshots(journal, data).make(core);
                figures.put(StartResult.SNAPSHOT_MADE_SECONDS, (System.nanoTime() - readyNs) / NS_PER_SECOND);
            }
            figures.put(StartResult.PROCESSOR_SECONDS, processorNs / NS_PER_SECOND);
            figures.put(
                    StartResult.VERIFIED_RECORDS, (double) journal.recovery().recordCount());
            figures.put(StartResult.TAIL_RECORDS, (double) log.polled());
            figures.put(StartResult.RECORDS, (double) core.sequence());
            figures.put(StartResult.LIVE_HOLDS, (double) core.liveHolds());
            figures.put(StartResult.BYTES, (double) Directories.bytes(data));
            figures.put(StartResult.RESIDENT_MIB_MAX, residentMibMax());
            return new StartResult(figures, Long.toHexString(core.stateHash()));
        }
    }

    /** The process's high-water mark; 0 where the system does not say. */
    private static double residentMibMax() throws IOException {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmHWM"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1_024)
                    .findFirst()
                    .orElse(0);
        }
    }
}
