package io.holdfast.perf.scale;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the model says of one machine.
 *
 * @param capacities holds a second that each resource is good for
 */
record Prediction(int eventLoops, Map<Resource, Double> capacities) {
    Prediction {
        capacities = new EnumMap<>(capacities);
    }

    /** Holds a second. */
    double perSecond() {
        return capacities.get(limit());
    }

    /** What breaks first. */
    Resource limit() {
        return capacities.entrySet().stream()
                .min(Comparator.comparingDouble(Map.Entry::getValue))
                .orElseThrow()
                .getKey();
    }
}
