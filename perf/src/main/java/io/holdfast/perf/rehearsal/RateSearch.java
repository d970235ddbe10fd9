package io.holdfast.perf.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Raises the rate, step by step, until a rehearsal does not go well, then closes in on where it broke. Each step is a
 * rehearsal of its own, audit and all, with a drop of its own.
 */
public final class RateSearch {
    /** Highest rate that is tried, buyers a second. */
    public static final double RATE_MAX = 200_000;

    private static final double GROWTH = 1.5;
    private static final int STEPS_MAX = 40;

    /** Below this part of the first rate nothing is tried. */
    private static final double LEAST_SHARE = 0.2;

    /** How near the last good and the first bad rate are, at the end. */
    private static final double NEARNESS = 1.1;

    private final DoubleFunction<RehearsalPlan> planning;
    private final long objectiveNs;
    private final Watcher watcher;
    private final List<Step> steps = new ArrayList<>();

    /** One rehearsal at one rate. */
    public record Step(double rate, RehearsalResult result) {}

    /** Sees how it goes. */
    public interface Watcher {
        /** Twice a second. */
        void onPulse(double rate, Pulse pulse);

        /** A step is done. */
        void onStep(Step step);
    }

    /**
     * @param planning makes the plan for a rate
     * @param objectiveNs that 99 of 100 buyers must have their verdict within
     */
    public RateSearch(final DoubleFunction<RehearsalPlan> planning, final long objectiveNs, final Watcher watcher) {
        this.planning = planning;
        this.objectiveNs = objectiveNs;
        this.watcher = watcher;
    }

    /**
     * Searches.
     *
     * @param firstRate buyers a second of the first step
     * @return all steps, in their order
     */
    public List<Step> run(final double firstRate) throws RehearsalRefusedException, InterruptedException {
        double good = 0;
        double bad = Double.POSITIVE_INFINITY;
        double rate = firstRate;
        while (steps.size() < STEPS_MAX
                && rate <= RATE_MAX
                && rate >= firstRate * LEAST_SHARE
                && bad > good * NEARNESS) {
            if (isWell(rate)) {
                good = rate;
            } else {
                bad = rate;
            }
            rate = next(good, bad);
        }
        return List.copyOf(steps);
    }

    private static double next(final double good, final double bad) {
        if (good == 0) {
            return bad / GROWTH;
        }
        return Double.isInfinite(bad) ? good * GROWTH : Math.sqrt(good * bad);
    }

    private boolean isWell(final double rate) throws RehearsalRefusedException, InterruptedException {
        final Rehearsal rehearsal = new Rehearsal(planning.apply(rate));
        final RehearsalResult result = rehearsal.run(objectiveNs, pulse -> watcher.onPulse(rate, pulse));
        final Step step = new Step(rate, result);
        steps.add(step);
        watcher.onStep(step);
        if (result.isSafe()) {
            rehearsal.retire();
        }
        return result.isWell();
    }

    /** The highest rate that held, or 0. */
    public static double best(final List<Step> steps) {
        return steps.stream()
                .filter(step -> step.result().isWell())
                .mapToDouble(Step::rate)
                .max()
                .orElse(0);
    }
}
