package io.holdfast.perf.load;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the requests.
 *
 * @param due requests that were due
 * @param answered those with an answer in HTTP, whatever it says
 * @param statuses answers by status
 * @param problems refusals by their code
 * @param failures requests without an answer, and connections that were lost between requests, by why
 * @param failureDetails what the system said at the first of each
 */
public record Outcome(
        long due,
        long answered,
        Map<Integer, Long> statuses,
        Map<String, Long> problems,
        Map<Failure, Long> failures,
        Map<Failure, String> failureDetails) {

    static Outcome of(final List<Tally> tallies) {
        final Map<Integer, Long> statuses = new TreeMap<>();
        final Map<String, Long> problems = new TreeMap<>();
        final Map<Failure, Long> failures = new EnumMap<>(Failure.class);
        final Map<Failure, String> details = new EnumMap<>(Failure.class);
        for (final Tally tally : tallies) {
            tally.addStatuses(statuses);
            tally.addProblems(problems);
            tally.addFailures(failures, details);
        }
        return new Outcome(
                tallies.stream().mapToLong(Tally::due).sum(),
                tallies.stream().mapToLong(Tally::answered).sum(),
                statuses,
                problems,
                failures,
                details);
    }

    /** Requests that were due and have no answer. */
    public long unanswered() {
        return due - answered;
    }

    /** Answers of one status. */
    public long answersOf(final int status) {
        return statuses.getOrDefault(status, 0L);
    }
}
