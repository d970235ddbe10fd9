package io.holdfast.perf.compare;

import io.holdfast.perf.report.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What was measured, in the order in which it was, and what could not be. For one thread. */
final class Results {
    private final Map<Key, List<Double>> values = new LinkedHashMap<>();
    private final Map<Turn, String> failures = new LinkedHashMap<>();

    /** One quantity of one side in one row. */
    private record Key(String row, Side side, Metric metric) {}

    /** One side in one row. */
    record Turn(String row, Side side) {}

    /** Adds a round; all rounds of a row and side bring the same metrics. */
    void add(final String row, final Side side, final Map<Metric, Double> round) {
        for (final Metric metric : Metric.values()) {
            if (round.containsKey(metric)) {
                values.computeIfAbsent(new Key(row, side, metric), key -> new ArrayList<>())
                        .add(round.get(metric));
            }
        }
    }

    /** What was measured of that side in that row before it failed does not count. */
    void fail(final String row, final Side side, final String why) {
        failures.put(new Turn(row, side), why);
        values.keySet().removeIf(key -> key.row().equals(row) && key.side() == side);
    }

    boolean hasFailed(final String row, final Side side) {
        return failures.containsKey(new Turn(row, side));
    }

    /** All rounds of it; nothing where it was not measured. */
    Optional<Figure> figure(final String row, final Side side, final Metric metric) {
        return Optional.ofNullable(values.get(new Key(row, side, metric)))
                .map(rounds -> figure(new Key(row, side, metric), rounds));
    }

    /** Everything, row by row. */
    List<Figure> figures() {
        final List<Figure> figures = new ArrayList<>();
        values.forEach((key, rounds) -> figures.add(figure(key, rounds)));
        return figures;
    }

    /** One quantity in one row, whoever it was measured of. */
    record Quantity(String row, Metric metric) {}

    /** In the order in which they were measured first. */
    Set<Quantity> quantities() {
        final Set<Quantity> quantities = new LinkedHashSet<>();
        values.keySet().forEach(key -> quantities.add(new Quantity(key.row(), key.metric())));
        return quantities;
    }

    /** Why, by who. */
    Map<Turn, String> failures() {
        return failures;
    }

    private static Figure figure(final Key key, final List<Double> rounds) {
        final Metric metric = key.metric();
        return new Figure(
                key.row() + ": " + key.side().title() + ", " + metric.title(), metric.unit(), metric.goal(), rounds);
    }
}
