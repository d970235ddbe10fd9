package io.holdfast.perf.load;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a run measured, its warm-up left out.
 *
 * @param outcome of the requests
 * @param latencies of the answered
 * @param lastAnswerAfterNs from the first due request to the last answer
 * @param effort of the generator
 */
public record LoadResult(Outcome outcome, Latencies latencies, long lastAnswerAfterNs, Effort effort) {
    static LoadResult of(final List<Tally> tallies, final List<LoadLoop> loops) {
        final Latencies latencies = Latencies.empty();
        long firstDueNs = Long.MAX_VALUE;
        long lastAnswerNs = Long.MIN_VALUE;
        for (final Tally tally : tallies) {
            latencies.add(tally.latencies());
            firstDueNs = Math.min(firstDueNs, tally.firstDueNs());
            lastAnswerNs = Math.max(lastAnswerNs, tally.lastAnswerNs());
        }
        final long lastAnswerAfterNs = lastAnswerNs > firstDueNs ? lastAnswerNs - firstDueNs : 0;
        return new LoadResult(Outcome.of(tallies), latencies, lastAnswerAfterNs, Effort.of(tallies, loops));
    }

    /** Answers a second, from the first due request to the last answer. */
    public double answeredPerSecond() {
        return lastAnswerAfterNs == 0
                ? 0
                : (double) outcome.answered() * TimeUnit.SECONDS.toNanos(1) / lastAnswerAfterNs;
    }
}
