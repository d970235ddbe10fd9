package io.holdfast.perf.load;

import java.util.List;

/**
 * What the run took of the generator.
 *
 * @param sent requests, the warm-up's included
 * @param heldBack requests that found no connection free when they were due
 * @param connections that were made
 * @param openLinksPeak most connections that were open at a time
 * @param processorNs processor time of the loops' threads, warm-up included
 * @param userNs of that, outside the kernel
 */
public record Effort(long sent, long heldBack, long connections, int openLinksPeak, long processorNs, long userNs) {
    static Effort of(final List<Tally> tallies, final List<LoadLoop> loops) {
        return new Effort(
                tallies.stream().mapToLong(Tally::sent).sum(),
                tallies.stream().mapToLong(Tally::heldBack).sum(),
                tallies.stream().mapToLong(Tally::connections).sum(),
                tallies.stream().mapToInt(Tally::openLinksPeak).sum(),
                loops.stream().mapToLong(LoadLoop::processorNs).sum(),
                loops.stream().mapToLong(LoadLoop::userNs).sum());
    }
}
