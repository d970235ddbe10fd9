package io.holdfast.perf.ring;

import io.holdfast.perf.report.Figure;
import io.holdfast.perf.report.Goal;
import io.holdfast.perf.report.LatencySummary;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** All rounds of one load. Keeps one set of histograms, the sum of its rounds, and each round's summary. */
final class LoadResult {
    private final RingLoad load;
    private final Latencies latencies = new Latencies();
    private final Verdicts verdicts = new Verdicts();
    private final List<RoundResult> rounds = new ArrayList<>();
    private final List<LatencySummary> totals = new ArrayList<>();
    private final Map<Stage, List<LatencySummary>> stages = new EnumMap<>(Stage.class);

    LoadResult(final RingLoad load) {
        this.load = load;
        for (final Stage stage : Stage.values()) {
            stages.put(stage, new ArrayList<>());
        }
    }

    void add(final RoundResult round) {
        totals.add(LatencySummary.of(round.latencies().total()));
        stages.forEach((stage, summaries) ->
                summaries.add(LatencySummary.of(round.latencies().stages().get(stage))));
        latencies.add(round.latencies());
        verdicts.add(round.verdicts());
        rounds.add(round.withoutHistograms());
    }

    RingLoad load() {
        return load;
    }

    /** Of all rounds together. */
    Latencies latencies() {
        return latencies;
    }

    Verdicts verdicts() {
        return verdicts;
    }

    List<RoundResult> rounds() {
        return rounds;
    }

    /** One for each round. */
    List<LatencySummary> totals() {
        return totals;
    }

    RoundResult lastRound() {
        return rounds.get(rounds.size() - 1);
    }

    long refused() {
        return rounds.stream().mapToLong(round -> round.losses().refused()).sum();
    }

    /** See {@link RoundResult.Losses#journalFull}; what came back undecided with it. */
    long journalFull() {
        return verdicts.undecided()
                + rounds.stream()
                        .mapToLong(round -> round.losses().journalFull())
                        .sum();
    }

    List<String> faults() {
        return rounds.stream()
                .flatMap(round -> round.faults().stream())
                .map(fault -> load.name() + ": " + fault)
                .toList();
    }

    /** A value of each round. */
    Figure figure(final String what, final String unit, final Goal goal, final ToDoubleFunction<RoundResult> value) {
        return new Figure(
                load.name() + ": " + what,
                unit,
                goal,
                rounds.stream().mapToDouble(value).boxed().toList());
    }

    Figure rate() {
        return figure("answers", "1/s", Goal.HIGHER, RoundResult::answersPerSecond);
    }

    /** What the history keeps of it. */
    List<Figure> figures() {
        final List<Figure> figures = new ArrayList<>();
        figures.add(rate());
        figures.add(latency("total p50", totals, LatencySummary::p50Us));
        figures.add(latency("total p99", totals, LatencySummary::p99Us));
        figures.add(latency("total p99.9", totals, LatencySummary::p999Us));
        figures.add(latency("total p99.99", totals, LatencySummary::p9999Us));
        if (load.isStaged()) {
            stages.forEach((stage, summaries) -> {
                figures.add(latency(stage.label() + " p50", summaries, LatencySummary::p50Us));
                figures.add(latency(stage.label() + " p99", summaries, LatencySummary::p99Us));
            });
        }
        figures.add(figure("processor time an answer", "µs", Goal.LOWER, RoundResult::processorUsPerAnswer));
        figures.add(figure("writer's processor time a record", "µs", Goal.LOWER, RoundResult::writerUsPerRecord));
        return figures;
    }

    private Figure latency(
            final String what, final List<LatencySummary> summaries, final ToDoubleFunction<LatencySummary> value) {
        return new Figure(
                load.name() + ": " + what,
                "µs",
                Goal.LOWER,
                summaries.stream().mapToDouble(value).boxed().toList());
    }
}
