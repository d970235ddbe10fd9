package io.holdfast.perf.rehearsal;

import io.holdfast.perf.rehearsal.Finding.Question;
import java.util.List;

/**
 * How a rehearsal went.
 *
 * @param plan that was followed
 * @param run its buyers', keys' and payments' prefix
 * @param ledger what the crowd was told
 * @param findings of the audit
 * @param objectiveNs that p99 was held against
 * @param effort of the generator
 */
public record RehearsalResult(
        RehearsalPlan plan, String run, Ledger ledger, List<Finding> findings, long objectiveNs, Effort effort) {

    /**
     * What it took.
     *
     * @param durationNs from the first arrival to the last verdict
     * @param requests that were sent
     * @param connections that were made
     * @param openLinksPeak most connections open at a time
     * @param processorNs processor time of the generator's thread
     */
    public record Effort(long durationNs, long requests, long connections, int openLinksPeak, long processorNs) {}

    /** Whether everything is as it must be. */
    public boolean isWell() {
        return findings.stream().allMatch(Finding::isWell);
    }

    /** Whether nothing was oversold or lost, however slow it was. */
    public boolean isSafe() {
        return isWell(Question.OVERSOLD) && isWell(Question.LOST);
    }

    /** Whether the answer to one question is that all is well. */
    public boolean isWell(final Question question) {
        return findings.stream().filter(each -> each.question() == question).allMatch(Finding::isWell);
    }
}
