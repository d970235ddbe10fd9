package io.holdfast.perf.compare;

import io.holdfast.perf.report.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Runs a plan: row by row, and in every row round by round, each side in its turn. For one thread, which
 * measures.
 */
public final class Comparison {
    /** Followers that have not caught up after that fail the row. */
    static final Duration CAUGHT_UP_MAX = Duration.ofSeconds(120);

    private static final String DIRECTORY_PREFIX = "holdfast-compare-";

    private final ComparePlan plan;
    private final Optional<Path> wrk;
    private final Consumer<String> progress;
    private final ServerClient client = new ServerClient();
    private final Results results = new Results();
    private final Map<Side, List<String>> commandLines = new EnumMap<>(Side.class);

    /**
     * @param wrk where it is installed; only rows that need it miss it
     * @param progress told what is done, a line each
     */
    public Comparison(final ComparePlan plan, final Optional<Path> wrk, final Consumer<String> progress) {
        this.plan = plan;
        this.wrk = wrk;
        this.progress = progress;
    }

    /** Where wrk is installed, of the directories in {@code PATH}. */
    public static Optional<Path> findWrk(final String path) {
        return Wrk.find(path);
    }

    /** A server does not start: nothing can be measured. */
    public static final class StartFailed extends Exception {
        private static final long serialVersionUID = 1L;

        StartFailed(final IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /**
     * Measures everything; a row that fails for one side is reported as such, and the others go on.
     *
     * @throws StartFailed when a server does not start
     * @throws IOException when the directory cannot be written
     */
    public CompareReport run() throws IOException, InterruptedException, StartFailed {
        final Path directory = Files.createTempDirectory(Files.createDirectories(plan.directory()), DIRECTORY_PREFIX);
        try {
            refuseMemory(directory);
            final Disk disk = Disk.measure(directory);
            final Bench bench = new Bench(plan, client, new LoadDriver(), wrk.map(Wrk::new));
            try (ServerPool pool = new ServerPool(new ServerStarter(directory, plan.peers()), plan.sides(), progress)) {
                for (final String name : plan.rows()) {
                    row(Rows.make(name, bench), pool);
                }
            }
            return new CompareReport(plan, disk, commandLines, results);
        } finally {
            Files.deleteIfExists(directory);
        }
    }

    private static void refuseMemory(final Path directory) throws StartFailed {
        try {
            Disk.refuseMemory(directory);
        } catch (final IOException e) {
            throw new StartFailed(e);
        }
    }

    private void row(final Row row, final ServerPool pool) throws InterruptedException, StartFailed {
        for (int round = 1; round <= plan.pace().rounds(); round++) {
            final boolean isNew = round == 1 || row.isFreshEachRound();
            final Map<Side, Server> servers = servers(row, pool, isNew);
            for (final Side side : plan.sides()) {
                if (row.isFor(side) && !results.hasFailed(row.name(), side)) {
                    turn(row, servers.get(side), round, isNew);
                }
            }
        }
    }

    /** Within a row servers stay, unless the row wants others: a side is to have the same past in every round. */
    private Map<Side, Server> servers(final Row row, final ServerPool pool, final boolean isNew)
            throws InterruptedException, StartFailed {
        try {
            final Map<Side, Server> servers;
            if (row.isFreshEachRound()) {
                servers = pool.getFresh();
            } else {
                servers = isNew ? pool.get() : pool.same();
            }
            for (final Server server : servers.values()) {
                commandLines.put(server.side(), ProcessFigures.commandLine(server.pid()));
            }
            return servers;
        } catch (final IOException e) {
            throw new StartFailed(e);
        }
    }

    private void turn(final Row row, final Server server, final int round, final boolean isNew)
            throws InterruptedException {
        try {
            if (isNew) {
                progress.accept(row.name() + ": warming up " + server.side().title());
                row.prepare(server);
                client.awaitCaughtUp(server, CAUGHT_UP_MAX);
            }
            final Map<Metric, Double> values = new EnumMap<>(row.measure(server, round));
            if (server.management().isPresent()) {
                // What follows the sale must not weigh on the next side's turn.
                final long behind = client.lag(server).values().stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(0);
                values.put(Metric.LAG_RECORDS, (double) behind);
                values.put(Metric.CAUGHT_UP_SECONDS, client.awaitCaughtUp(server, CAUGHT_UP_MAX));
            }
            results.add(row.name(), server.side(), values);
            progress.accept(row.name() + ", round " + round + " of "
                    + plan.pace().rounds() + ", " + server.side().title() + ": " + text(values));
        } catch (final IOException | IllegalStateException e) {
            results.fail(row.name(), server.side(), e.getMessage());
            progress.accept(row.name() + ": not measured for " + server.side().title() + ": " + e.getMessage());
        }
    }

    private static String text(final Map<Metric, Double> values) {
        final List<String> parts = new ArrayList<>();
        values.forEach((metric, value) -> parts.add(metric.title() + " "
                + new Figure(metric.title(), metric.unit(), metric.goal(), List.of(value)).text()));
        return parts.stream().map(String::strip).collect(Collectors.joining(", "));
    }
}
