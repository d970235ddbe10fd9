package io.holdfast.perf.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Processor time of the server's threads and of its stores at one moment, as the kernel's scheduler counts it, in
 * nanoseconds. What a thread did that ended between two moments is lost.
 */
final class ThreadTimes {
    private static final Path PROC = Path.of("/proc");
    private static final double NS_PER_MICRO = 1_000;

    /** @param cpuNs since the thread began */
    private record Account(Stage stage, long cpuNs) {}

    private final Map<Long, Account> accounts = new HashMap<>();

    private ThreadTimes() {}

    /**
     * Reads them.
     *
     * @param stores what the command lines of the server's stores contain
     * @throws IOException when there is no such process, or the kernel keeps no accounts
     */
    static ThreadTimes read(final long server, final String stores) throws IOException {
        final ThreadTimes times = new ThreadTimes();
        times.addThreads(server, false);
        if (times.accounts.isEmpty()) {
            throw new IOException("process " + server + " has no threads: it has ended");
        }
        for (final long each : storesOf(stores)) {
            times.addThreads(each, true);
        }
        return times;
    }

    /** Their processes, and the children of those: a Postgres has one for each connection. */
    private static List<Long> storesOf(final String stores) {
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            return processes
                    .filter(each -> commandLine(each).contains(stores))
                    .flatMap(each -> Stream.concat(Stream.of(each), each.descendants()))
                    .map(ProcessHandle::pid)
                    .distinct()
                    .toList();
        }
    }

    private static String commandLine(final ProcessHandle process) {
        return process.info().commandLine().orElse("");
    }

    private void addThreads(final long process, final boolean isStore) throws IOException {
        final List<Path> tasks;
        try (Stream<Path> found = Files.list(PROC.resolve(process + "/task"))) {
            tasks = found.toList();
        } catch (final NoSuchFileException e) {
            // Has ended, as a connection's Postgres may at any moment.
            return;
        } catch (final UncheckedIOException e) {
            if (Files.exists(PROC.resolve(Long.toString(process)))) {
                throw e.getCause();
            }
            return;
        }
        for (final Path task : tasks) {
            addThread(task, isStore);
        }
    }

    private void addThread(final Path task, final boolean isStore) throws IOException {
        try {
            final String name = Files.readString(task.resolve("comm"), StandardCharsets.ISO_8859_1);
            final String ns = Files.readString(task.resolve("schedstat")).split(" ")[0];
            accounts.put(
                    Long.parseLong(task.getFileName().toString()),
                    new Account(isStore ? Stage.STORES : Stage.ofThread(name), Long.parseLong(ns)));
        } catch (final NoSuchFileException e) {
            if (Files.exists(task)) {
                throw new IOException("the kernel keeps no accounts of threads: " + e.getMessage(), e);
            }
        } catch (final IOException e) {
            // ESRCH: it has ended since it was listed.
            if (Files.exists(task)) {
                throw e;
            }
        }
    }

    /** How many threads of a stage there are. */
    int count(final Stage stage) {
        return (int)
                accounts.values().stream().filter(each -> each.stage() == stage).count();
    }

    /** What each stage has used since an earlier moment, in microseconds. */
    Map<Stage, Double> microsSince(final ThreadTimes earlier) {
        final Map<Stage, Double> micros = new EnumMap<>(Stage.class);
        accounts.forEach((thread, account) -> {
            final Account before = earlier.accounts.get(thread);
            final long ns = account.cpuNs() - (before == null ? 0 : before.cpuNs());
            micros.merge(account.stage(), ns / NS_PER_MICRO, Double::sum);
        });
        return micros;
    }
}
