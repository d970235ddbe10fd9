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
import java.util.Optional;
import java.util.stream.Collectors;

/** What came of a comparison, for whoever writes it down. */
public final class CompareReport {
    static final List<String> GOALS_HEAD =
            List.of("goal", "Holdfast", "bare Netty", "Netty + Redis", "beside bare Netty", "");

    static final List<String> FIGURES_HEAD = List.of("figure", "median", "least", "most", "rounds");

    private static final String NOTHING = "-";
    private static final double NS_PER_MICRO = 1_000;

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
                "fdatasync before every answer, under load every "
                        + Numbers.text(pipeline.commitIntervalNs() / NS_PER_MICRO)
                        + " µs from " + pipeline.busyRecordsPerCommit() + " records a commit; the writer spins "
                        + Numbers.text(pipeline.spinNs() / NS_PER_MICRO)
                        + " µs, then parks (unless its flags say otherwise); settlement and mirror run");
        settings.put(
                "Netty + Redis",
                plan.peers().redisEventLoops() + " event loops, each with a pipelined connection; Redis syncs its log: "
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
                        besideBare(finding),
                        finding.outcome().text()))
                .toList();
    }

    /** The ratio with its range, or the difference; of a goal that is neither, the range of the figure. */
    private static String besideBare(final Finding finding) {
        final Optional<Figure> judged = finding.judged();
        if (judged.isEmpty()) {
            return NOTHING;
        }
        final Figure figure = judged.get();
        final String range = Numbers.text(figure.least()) + " to " + Numbers.text(figure.most());
        return finding.aim().comparing().isBesideBare() ? median(figure) + " (" + range + ")" : "(" + range + ")";
    }

    private static String median(final Figure figure) {
        final String number = Numbers.text(figure.median());
        return switch (figure.unit()) {
            case "" -> number;
            case "×", "/s", "%" -> number + figure.unit();
            default -> number + " " + figure.unit();
        };
    }

    /** A row for each figure, under {@link #FIGURES_HEAD}. */
    List<List<String>> figureRows() {
        return results.figures().stream()
                .map(figure -> List.of(
                        figure.name() + (figure.unit().isEmpty() ? "" : ", " + figure.unit()),
                        Numbers.text(figure.median()),
                        Numbers.text(figure.least()),
                        Numbers.text(figure.most()),
                        Numbers.text(figure.rounds().size())))
                .toList();
    }

    /** What is to be known before the figures are believed. */
    List<String> remarks() {
        final List<String> remarks = new ArrayList<>();
        results.failures()
                .forEach((turn, why) -> remarks.add(
                        turn.row() + " was not measured for " + turn.side().title() + ": " + why));
        for (final Results.Key key : results.keys()) {
            if (key.metric() == Metric.GENERATOR_P50) {
                remarkOnLag(key, remarks);
            }
        }
        return remarks;
    }

    /** The generator's own lag is in every latency; beyond a tenth of it, it should be known. */
    private void remarkOnLag(final Results.Key key, final List<String> remarks) {
        final double lag = median(key, Metric.GENERATOR_P50);
        final double whole = median(key, Metric.P50);
        if (lag > whole / 10) {
            remarks.add(key.row() + ", " + key.side().title() + ": the generator's own lag, " + Numbers.text(lag)
                    + " µs at p50, is more than a tenth of the figure");
        }
    }

    private double median(final Results.Key key, final Metric metric) {
        return results.figure(key.row(), key.side(), metric).map(Figure::median).orElse(0.0);
    }
}
