package io.holdfast.perf.scale;

import io.holdfast.gateway.api.HttpEdge;
import io.holdfast.gateway.pipeline.PipelineConfig;
import java.util.Comparator;
import java.util.List;

/** The model that the rounds make, how well it fits, and what it says of other machines. */
final class Findings {
    private final ScalePlan plan;
    private final List<List<Sample>> rounds;
    private final DiskTimes disk;
    private final double intervalUs;

    /**
     * @param rounds one sample for each of the plan's counts of connections
     * @param intervalUs of the writer's nap under load
     */
    Findings(final ScalePlan plan, final List<List<Sample>> rounds, final DiskTimes disk, final double intervalUs) {
        this.plan = plan;
        this.rounds = List.copyOf(rounds);
        this.disk = disk;
        this.intervalUs = intervalUs;
    }

    /**
     * A prediction beside what was measured.
     *
     * @param prediction for that machine, with wrk and the stores on it
     */
    record Fit(int connections, double measured, Prediction prediction) {
        double ratio() {
            return prediction.perSecond() / measured;
        }
    }

    /**
     * What the model says of a machine.
     *
     * @param byDefault with as many event loops as the server chooses there
     * @param best with the fewest that grant as much as any number
     */
    record Row(int cores, Prediction byDefault, Prediction best) {}

    /** All samples of one count of connections. */
    List<Sample> samples(final int connections) {
        return rounds.stream()
                .flatMap(List::stream)
                .filter(each -> each.connections() == connections)
                .toList();
    }

    DiskTimes disk() {
        return disk;
    }

    /** Whether the check is against a round that the model was not fitted to. */
    boolean isCheckedApart() {
        return rounds.size() > 1;
    }

    /** With which connections the server granted most: those costs are taken for other machines. */
    int bestConnections() {
        return plan.connections().stream()
                .max(Comparator.comparingDouble(each -> Sample.mean(samples(each), Sample::perSecond)))
                .orElseThrow();
    }

    /** What all rounds say. */
    Costs costs() {
        return Costs.fit(all(rounds), bestConnections());
    }

    Turn turn() {
        return turn(bestConnections());
    }

    private Turn turn(final int connections) {
        return disk.turn(
                intervalUs,
                PipelineConfig.DEFAULT.ringSize(),
                Sample.mean(samples(connections), each -> each.journal().recordBytes()));
    }

    /** The model of all rounds but the last beside the last, for each count of connections. */
    List<Fit> fits(final int cores) {
        final List<Sample> fitted = all(isCheckedApart() ? rounds.subList(0, rounds.size() - 1) : rounds);
        return rounds.get(rounds.size() - 1).stream()
                .map(each -> fit(each, Costs.fit(fitted, each.connections()), cores))
                .toList();
    }

    private Fit fit(final Sample sample, final Costs costs, final int cores) {
        final double left = Math.max(cores - sample.besides().othersCores(), Double.MIN_NORMAL);
        final Prediction prediction = new ScaleModel(costs, turn(sample.connections()))
                .predict(left, sample.besides().eventLoops(), costs.storesUs() + costs.generatorUs());
        return new Fit(sample.connections(), sample.perSecond(), prediction);
    }

    /** What machines of the plan would grant: stores on them, what asks elsewhere. */
    List<Row> rows() {
        final Costs costs = costs();
        final ScaleModel model = new ScaleModel(costs, turn());
        return plan.cores().stream()
                .map(cores -> new Row(
                        cores,
                        model.predict(cores, HttpEdge.eventLoopsFor(cores), costs.storesUs()),
                        model.best(cores, costs.storesUs())))
                .toList();
    }

    private static List<Sample> all(final List<List<Sample>> rounds) {
        return rounds.stream().flatMap(List::stream).toList();
    }
}
