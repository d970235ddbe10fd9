package io.holdfast.perf.scale;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What one stretch at saturation was measured to need.
 *
 * @param connections that asked
 * @param perSecond holds granted
 * @param stageUs processor time a hold, in microseconds, of each stage
 * @param journal what the journal did meanwhile
 * @param besides what shared the machine
 * @param afterUs processor time a hold of server and stores behind the stretch, until followers had caught up
 */
record Sample(
        int connections,
        double perSecond,
        Map<Stage, Double> stageUs,
        Commits journal,
        Besides besides,
        double afterUs) {
    Sample {
        if (connections < 1 || !(perSecond > 0) || !Double.isFinite(perSecond)) {
            throw new IllegalArgumentException(
                    connections + " connections got " + perSecond + " holds a second: nothing was measured");
        }
        stageUs = new EnumMap<>(stageUs);
        if (!stageUs.values().stream().allMatch(us -> us >= 0 && Double.isFinite(us))) {
            throw new IllegalArgumentException("no processor time is negative or endless: " + stageUs);
        }
    }

    /**
     * How records were made durable.
     *
     * @param recordsPerSync in a batch, on average
     * @param syncUs what write and sync of one took
     * @param recordBytes in the journal, the batch's own share included
     */
    record Commits(double recordsPerSync, double syncUs, double recordBytes) {
        Commits {
            if (!(recordsPerSync > 0) || !(syncUs > 0) || !(recordBytes > 0)) {
                throw new IllegalArgumentException("nothing was synced: " + recordsPerSync + " records a sync, "
                        + syncUs + " µs, " + recordBytes + " bytes a record");
            }
        }
    }

    /**
     * What shared the machine.
     *
     * @param eventLoops threads of the server's edge
     * @param othersCores processors that other programs took, and the hypervisor
     */
    record Besides(int eventLoops, double othersCores) {}

    double us(final Stage stage) {
        return stageUs.getOrDefault(stage, 0.0);
    }

    /** The mean over samples, of which there is one at least. */
    static double mean(final List<Sample> samples, final ToDoubleFunction<Sample> value) {
        return samples.stream().mapToDouble(value).average().orElseThrow();
    }
}
