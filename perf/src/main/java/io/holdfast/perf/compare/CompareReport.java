package io.holdfast.perf.compare;

import io.holdfast.gateway.pipeline.PipelineConfig;
import io.holdfast.perf.report.Figure;
import io.holdfast.perf.report.Numbers;
import io.holdfast.perf.report.RunConditions;
import io.holdfast.perf.report.RunRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What came of a comparison, for whoever writes it down. */
public final class CompareReport {
    static final List<String> GOALS_HEAD = List.of(
            "goal",
            "Holdfast",
            "bare Netty",
            "Netty + Redis",
            "beside bare Netty",
            "range",
            "× Netty + Redis",
            "outcome");

    private static final String NOTHING = "-";
    private static final double NS_PER_MICRO = 1_000;
    private static final double SHARE_OF_LAG = 0.1;

    private final ComparePlan plan;
    private final Map<Side, List<String>> commandLines;
    private final Results results;
    private final Disk disk;
    private final List<Finding> findings;
    private final RunRecord record;

    /** @param commandLines with which each side was started */
    CompareReport(
            final ComparePlan plan,
            final Disk disk,
            final Map<Side, List<String>> commandLines,
            final Results results) {
        this.plan = plan;
        this.disk = disk;
        this.commandLines = commandLines;
        this.results = results;
        this.findings = Aims.of(plan.crowd()).stream()
                .filter(aim -> plan.rows().contains(aim.row()))
                .map(aim -> Finding.of(aim, results))
                .toList();
        this.record =
                new RunRecord("compare", Instant.now(), RunConditions.ofThisProcess(), settings(), results.figures());
    }

    /** Whether every side of every row was measured. */
    public boolean isComplete() {
        return results.failures().isEmpty();
    }

    /** Whether every goal was reached that belongs to a row of the plan. */
    public boolean isReached() {
        return findings.stream().allMatch(finding -> finding.outcome() == Finding.Outcome.REACHED);
    }

    List<Finding> findings() {
        return findings;
    }

    /** Conditions, settings and all figures, as a history keeps them. */
    RunRecord record() {
        return record;
    }

    /** What must be said beside the figures, by its name. */
    Map<String, String> conditions() {
        final Map<String, String> conditions = new LinkedHashMap<>();
        record.conditions().rows().stream()
                .filter(row -> !"flags".equals(row.get(0)))
                .forEach(row -> conditions.put(row.get(0), row.get(1)));
        conditions.put("disk", disk.toString());
        conditions.putAll(settings());
        commandLines.forEach((side, words) -> conditions.put("flags of " + side.title(), flags(words)));
        return conditions;
    }

    private Map<String, String> settings() {
        final Map<String, String> settings = new LinkedHashMap<>();
        final ComparePlan.Pace pace = plan.pace();
        final ComparePlan.Crowd crowd = plan.crowd();
        final PipelineConfig pipeline = PipelineConfig.DEFAULT;
        settings.put("rows", String.join(",", plan.rows()));
        settings.put(
                "rounds",
                pace.rounds() + " in turn ("
                        + plan.sides().stream().map(Side::title).collect(Collectors.joining(", "))
                        + "), each " + pace.duration().toSeconds() + " s after "
                        + pace.warmUp().toSeconds()
                        + " s of warm-up");
        settings.put(
                "load",
                crowd.connections() + " connections kept alive; storm and drop " + crowd.users() + " users, "
                        + crowd.stock() + " units, " + crowd.stormOpen() + " connections open at most; memory "
                        + crowd.idleConnections() + " connections");
        settings.put(
                "requests",
                "a hold of one unit, with API key, Idempotency-Key and a buyer of its own; bare Netty answers a constant");
        settings.put(
                "Holdfast",
                "fdatasync before every answer, one each "
                        + Numbers.text(pipeline.restNs() / NS_PER_MICRO)
                        + " µs at most while some records come, under load each "
                        + Numbers.text(pipeline.commitIntervalNs() / NS_PER_MICRO)
                        + " µs, from " + pipeline.busyRecordsPerCommit() + " records a commit; the writer spins "
                        + Numbers.text(pipeline.spinNs() / NS_PER_MICRO)
                        + " µs, then parks (unless its flags say otherwise); settlement and mirror run");
        settings.put(
                "Netty + Redis",
                "two pipelined connections at least, one Lua script a hold; Redis syncs its log: "
                        + plan.peers().redisFsync());
        return settings;
    }

    /** What stands between the program and its class path. */
    private static String flags(final List<String> commandLine) {
        final int classPath = Math.max(commandLine.indexOf("-cp"), commandLine.indexOf("-jar"));
        return String.join(" ", commandLine.subList(Math.min(1, commandLine.size()), Math.max(1, classPath)));
    }

    /** A row for each goal, under {@link #GOALS_HEAD}. */
    List<List<String>> goalRows() {
        return findings.stream()
                .map(finding -> List.of(
                        finding.aim().row() + ": " + finding.aim().text(),
                        finding.product().map(CompareReport::median).orElse(NOTHING),
                        finding.bare().map(CompareReport::median).orElse(NOTHING),
                        finding.redis().map(CompareReport::median).orElse(NOTHING),
                        finding.aim().comparing().isBesideBare()
                                ? finding.judged().map(CompareReport::median).orElse(NOTHING)
                                : NOTHING,
                        finding.judged().map(CompareReport::range).orElse(NOTHING),
                        finding.besideRedis().map(CompareReport::median).orElse(NOTHING),
                        finding.outcome().text()))
                .toList();
    }

    private static String range(final Figure figure) {
        return Numbers.text(figure.least()) + " to " + Numbers.text(figure.most());
    }

    private static String median(final Figure figure) {
        final String number = Numbers.text(figure.median());
        return switch (figure.unit()) {
            case "" -> number;
            case "×", "/s", "%" -> number + figure.unit();
            default -> number + " " + figure.unit();
        };
    }

    /** The first cell of {@link #figureRows}, then one for each side. */
    List<String> figuresHead() {
        final List<String> head = new ArrayList<>(List.of("median (range)"));
        plan.sides().forEach(side -> head.add(side.title()));
        return head;
    }

    /** A row for each quantity, under {@link #figuresHead}. */
    List<List<String>> figureRows() {
        final List<List<String>> rows = new ArrayList<>();
        for (final Results.Quantity quantity : results.quantities()) {
            final Metric metric = quantity.metric();
            final List<String> cells = new ArrayList<>(List.of(
                    quantity.row() + ": " + metric.title() + (metric.unit().isEmpty() ? "" : ", " + metric.unit())));
            for (final Side side : plan.sides()) {
                cells.add(results.figure(quantity.row(), side, metric)
                        .map(figure -> Numbers.text(figure.median()) + " (" + range(figure) + ")")
                        .orElse(NOTHING));
            }
            rows.add(cells);
        }
        return rows;
    }

    /** What is to be known before the figures are believed. */
    List<String> remarks() {
        final List<String> remarks = new ArrayList<>();
        results.failures()
                .forEach((turn, why) -> remarks.add(
                        turn.row() + " was not measured for " + turn.side().title() + ": " + why));
        for (final Results.Quantity quantity : results.quantities()) {
            if (quantity.metric() == Metric.GENERATOR_P50) {
                plan.sides().forEach(side -> remarkOnLag(quantity.row(), side, remarks));
            }
        }
        return remarks;
    }

    /** The generator's own lag is in every latency; beyond a tenth of it, it should be known. */
    private void remarkOnLag(final String row, final Side side, final List<String> remarks) {
        final double lag = median(row, side, Metric.GENERATOR_P50);
        final double whole = median(row, side, Metric.P50);
        if (lag > whole * SHARE_OF_LAG) {
            remarks.add(row + ", " + side.title() + ": the generator's own lag, " + Numbers.text(lag)
                    + " µs at p50, is more than a tenth of the figure");
        }
    }

    private double median(final String row, final Side side, final Metric metric) {
        return results.figure(row, side, metric).map(Figure::median).orElse(0.0);
    }
}
