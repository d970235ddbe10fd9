package io.holdfast.perf.scale;

import java.util.EnumMap;
import java.util.Map;

/**
 * How many holds a second a machine grants: as many as the resource that has least room for them. It supposes that a
 * hold costs on many processors what it was measured to cost on few, so it is an upper bound: caches, memory and locks
 * that more of them share are not in it.
 */
final class ScaleModel {
    private static final double US_PER_SECOND = 1e6;

    /** Less than that is no reason for another thread. */
    private static final double NEARLY_ALL = 0.99;

    private final Costs costs;
    private final Turn turn;

    ScaleModel(final Costs costs, final Turn turn) {
        this.costs = costs;
        this.turn = turn;
    }

    /**
     * Predicts.
     *
     * @param cores processors for all of it
     * @param eventLoops threads of the edge
     * @param besideUs processor time a hold of what shares those cores with the server
     */
    Prediction predict(final double cores, final int eventLoops, final double besideUs) {
        if (!(cores > 0) || !Double.isFinite(cores) || eventLoops < 1 || !(besideUs >= 0)) {
            throw new IllegalArgumentException(
                    cores + " cores, " + eventLoops + " event loops, " + besideUs + " µs a hold beside");
        }
        final Map<Resource, Double> capacities = new EnumMap<>(Resource.class);
        capacities.put(Resource.EVENT_LOOPS, eventLoops * US_PER_SECOND / costs.loopUs());
        capacities.put(isDiskBound() ? Resource.DISK : Resource.WRITER, turns());
        capacities.put(Resource.CORES, ofCores(cores, besideUs));
        return new Prediction(eventLoops, capacities);
    }

    /** The fewest event loops, of at most one for each core, that lose less than a hundredth of what any number grants. */
    Prediction best(final int cores, final double besideUs) {
        final double most = predict(cores, cores, besideUs).perSecond();
        for (int loops = 1; loops < cores; loops++) {
            final Prediction prediction = predict(cores, loops, besideUs);
            if (prediction.perSecond() >= NEARLY_ALL * most) {
                return prediction;
            }
        }
        return predict(cores, cores, besideUs);
    }

    /** Deciding and waiting for the disk take turns in one thread: it is the disk's fault where that takes longer. */
    private boolean isDiskBound() {
        return turn.diskUs() > costs.recordUs();
    }

    private double turns() {
        final double turnUs = turn.intervalUs() + turn.recordsMax() * (costs.recordUs() + turn.diskUs());
        return turn.recordsMax() / turnUs * US_PER_SECOND;
    }

    /**
     * Holds cost what they cost, and the writer's syncs what they cost: of these there is one for each nap and sync, in
     * the time that deciding leaves. Where that is more than one for each hold, there is one for each hold.
     */
    private double ofCores(final double cores, final double besideUs) {
        final double holdUs = costs.loopUs() + costs.recordUs() + costs.followersUs() + costs.runtimeUs() + besideUs;
        final double unpaced = cores / (holdUs + costs.syncUs());
        final double cycleUs = turn.intervalUs() + turn.sync().fixed();
        if (costs.syncUs() >= cycleUs) {
            return unpaced * US_PER_SECOND;
        }
        final double syncShare = costs.syncUs() / cycleUs;
        final double paced = (cores - syncShare) / (holdUs - syncShare * costs.recordUs());
        return Math.max(paced, unpaced) * US_PER_SECOND;
    }
}
